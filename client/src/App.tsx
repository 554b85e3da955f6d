import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect } from "react";
import { RouterProvider } from "react-router-dom";
import { queryClient } from "@/api/queryClient";
import { Toasts } from "@/components/common/Toasts";
import { router } from "@/router";
import { watchTheme } from "@/store/theme";

export function App() {
  useEffect(watchTheme, []);
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} future={{ v7_startTransition: true }} />
      <Toasts />
    </QueryClientProvider>
  );
}
