import { create } from "zustand";
import { clientConfig, ownBuild } from "@/api/clientConfig";

interface UpdateState {
  /** The server has newer files than this tab. Nothing reloads by itself. */
  available: boolean;
  announce(): void;
  dismiss(): void;
}

export const useUpdate = create<UpdateState>()((set) => ({
  available: false,
  announce: () => set({ available: true }),
  dismiss: () => set({ available: false }),
}));

/** Compares the build of this page with the one the server has now. */
export async function lookForUpdate(): Promise<void> {
  const own = ownBuild();
  if (own === null) return;
  try {
    const { build } = await clientConfig();
    if (build !== null && build !== own) useUpdate.getState().announce();
  } catch {
    // Not reachable: asked again at the next chance.
  }
}
