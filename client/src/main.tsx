import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "@/App";
import "@/early";
import { queryClient } from "@/api/queryClient";
import { startLive } from "@/api/start";
import { fetchFirstPage } from "@/router";
import "@/styles.css";

startLive(queryClient);
await fetchFirstPage(queryClient);
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
