import { useSyncExternalStore } from "react";
import { gapsTopic } from "@/api/live/gaps";
import type { Stretch } from "@/types/api";

/** When the page heard nothing since it was opened. */
export function useUnheard(): readonly Stretch[] {
  return useSyncExternalStore(gapsTopic.subscribe, gapsTopic.getSnapshot);
}
