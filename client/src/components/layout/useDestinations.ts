import { useMemo } from "react";
import { type Destination, destinations } from "@/components/layout/navigation";
import { useExplorerAccess } from "@/hooks/useExplorerAccess";
import { useIsAdmin } from "@/store/auth";

/** The pages that are for whoever is signed in, on this server. */
export function useDestinations(): readonly Destination[] {
  const isAdmin = useIsAdmin();
  const explorer = useExplorerAccess();
  return useMemo(
    () =>
      destinations.filter(({ to, adminOnly }) =>
        to === "/explorer" ? explorer === "open" : isAdmin || !adminOnly,
      ),
    [isAdmin, explorer],
  );
}
