import { useMemo } from "react";
import { useNow } from "@/hooks/useNow";
import { useDashboard } from "@/store/dashboard";
import { useUi, useZone } from "@/store/ui";
import { chartQuery, type Frame, slidingSpan } from "./frame";
import { useHeld } from "./useHeld";
import { useView } from "./useView";

/** What all charts of the page share; it stands still while paused. */
export function useFrame(): Frame {
  const [view, patch] = useView();
  const zone = useZone();
  const hour12 = useUi((state) => state.hour12);
  const paused = useDashboard((state) => state.paused);
  const now = useNow();
  const moving = slidingSpan(view, now);
  const { from, to } = useHeld(moving, paused, JSON.stringify([view.range, view.zoom]));
  return useMemo(
    () => ({
      view,
      patch,
      query: chartQuery(view, zone),
      span: { from, to },
      clock: { zone, hour12 },
      paused,
    }),
    [view, patch, zone, hour12, from, to, paused],
  );
}
