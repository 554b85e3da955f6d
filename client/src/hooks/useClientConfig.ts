import { useQuery } from "@tanstack/react-query";
import { clientConfig, clientConfigKey } from "@/api/clientConfig";

const FRESH_MS = 60_000;

/** The server's settings that concern the page. */
export function useClientConfig() {
  return useQuery({
    queryKey: clientConfigKey,
    queryFn: ({ signal }) => clientConfig(signal),
    staleTime: FRESH_MS,
  });
}
