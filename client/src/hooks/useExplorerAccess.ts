import { useClientConfig } from "@/hooks/useClientConfig";
import { useIsAdmin } from "@/store/auth";

export type ExplorerAccess = "unknown" | "open" | "off" | "adminsOnly";

/** Whether whoever is signed in may use the API explorer on this server. */
export function useExplorerAccess(): ExplorerAccess {
  const { data } = useClientConfig();
  const isAdmin = useIsAdmin();
  if (!data) return "unknown";
  if (data.graphiql === "nobody") return "off";
  return data.graphiql === "everybody" || isAdmin ? "open" : "adminsOnly";
}
