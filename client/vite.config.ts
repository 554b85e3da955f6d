import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { chunkGroups } from "./vite.chunks.ts";
import { graphiqlWithoutFonts, named, preloadedDashboard, runEarly } from "./vite.plugins.ts";

const { DASHBOARD_URL, DASHBOARD_PORT = "8000" } = process.env;
const server = DASHBOARD_URL ?? `http://127.0.0.1:${DASHBOARD_PORT}`;

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    graphiqlWithoutFonts(),
    preloadedDashboard(),
    runEarly(),
    named(),
  ],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: {
    port: 3000,
    strictPort: true,
    proxy: {
      "/graphql": { target: server, ws: true },
      "/ws": { target: server, ws: true },
      // With its slash: /api-keys is a page.
      "/api/": { target: server },
      "/health": { target: server },
      "/client.json": { target: server },
    },
  },
  // Found only when the explorer is opened, they would make the page load twice.
  optimizeDeps: {
    include: [
      "graphiql",
      "@graphiql/toolkit",
      "monaco-graphql/esm/monaco-editor.js",
      "monaco-graphql/esm/lite.js",
      "monaco-graphql/esm/graphql.worker.js",
      "monaco-editor/esm/vs/editor/editor.worker.js",
      "monaco-editor/esm/vs/language/json/json.worker.js",
    ],
  },
  worker: { format: "es" },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
    // Monaco is what it is; build.mjs holds every page to a budget of its own.
    chunkSizeWarningLimit: 4_000,
    rolldownOptions: {
      // "use no memo" speaks to a compiler that we do not run.
      checks: { moduleLevelDirective: false },
      output: { codeSplitting: { groups: chunkGroups } },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test/setup.ts"],
    restoreMocks: true,
  },
});
