import { useCallback, useSyncExternalStore } from "react";
import { formatDateTime, formatRelative, type Instant } from "@/components/common/format";
import { everySecond } from "@/hooks/useNow";
import { commonText } from "@/messages/common";
import { useUi, useZone } from "@/store/ui";

interface TimeTextProps {
  at: Instant | null | undefined;
  /** `relative` keeps itself current and has the exact time as its tooltip. */
  mode?: "relative" | "absolute" | undefined;
  /** Absolute times with seconds and the zone's offset, as audits need. */
  seconds?: boolean | undefined;
  className?: string | undefined;
}

export function TimeText({ at, mode = "relative", seconds = false, className }: TimeTextProps) {
  const zone = useZone();
  const hour12 = useUi((state) => state.hour12);
  const known = at !== null && at !== undefined;
  const moment = known ? new Date(at) : new Date(0);
  const exact = formatDateTime(moment, { zone, hour12, seconds, showZone: seconds });
  const text = useRelative(moment.getTime(), mode === "relative", exact, zone);
  if (!known) return <span className={className}>{commonText.never}</span>;
  const tooltip =
    mode === "relative"
      ? formatDateTime(moment, { zone, hour12, seconds: true, showZone: true })
      : undefined;
  return (
    <time dateTime={moment.toISOString()} title={tooltip} className={className}>
      {text}
    </time>
  );
}

/** Draws again only when the words change, not every second. */
function useRelative(atMs: number, ticking: boolean, exact: string, zone: string): string {
  const subscribe = useCallback(
    (listener: () => void) => (ticking ? everySecond.subscribe(listener) : () => {}),
    [ticking],
  );
  return useSyncExternalStore(subscribe, () =>
    ticking ? formatRelative(atMs, everySecond.now(), zone) : exact,
  );
}
