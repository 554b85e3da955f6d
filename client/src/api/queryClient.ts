/** The cache of everything asked for over HTTP. */

import { QueryClient } from "@tanstack/react-query";
import { ApiError, isPassing } from "@/api/errors";

const RETRIES = 2;
const RETRY_MS = 1_000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: true,
      refetchOnReconnect: true,
      // Asked even when the browser believes to be offline: an error can be shown, a
      // query that was never sent cannot.
      networkMode: "always",
      retry: (failures, error) => failures < RETRIES && isPassing(error),
      retryDelay: (failures, error) => retryDelayMs(failures, error),
    },
    mutations: { networkMode: "always", retry: false },
  },
});

function retryDelayMs(failures: number, error: unknown): number {
  if (error instanceof ApiError && error.retryAfterS !== undefined) return error.retryAfterS * 1000;
  return RETRY_MS * 2 ** failures;
}
