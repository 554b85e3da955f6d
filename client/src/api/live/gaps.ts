/** When the page heard nothing: charts show it, even where the figures are known by now. */

import { onResumed } from "@/store/connection";
import type { Stretch } from "@/types/api";

const KEPT = 20;

let gaps: readonly Stretch[] = [];
const listeners = new Set<() => void>();

onResumed((gap) => {
  gaps = [...gaps, gap].slice(-KEPT);
  for (const listener of listeners) listener();
});

export const gapsTopic = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  getSnapshot: (): readonly Stretch[] => gaps,
};
