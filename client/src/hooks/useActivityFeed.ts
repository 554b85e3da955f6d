import { useCallback, useMemo, useState, useSyncExternalStore } from "react";
import { activityFeed, type FeedSnapshot } from "@/api/live/activity";
import type { ActivityFilter, FeedItem } from "@/types/api";

interface Options {
  /** At most this many rows; 200 are kept. */
  first?: number;
  filter?: ActivityFilter;
  /** Holds new entries back, so that nothing moves under the reader. */
  paused?: boolean;
}

export interface ActivityFeed {
  /** Newest first. */
  items: readonly FeedItem[];
  /** How many entries are held back. */
  waiting: number;
  /** Shows what was held back, and goes on holding. */
  release(): void;
  newestCursor: string | null;
  status: FeedSnapshot["status"];
  error: FeedSnapshot["error"];
}

export function useActivityFeed({
  first = 200,
  filter,
  paused = false,
}: Options = {}): ActivityFeed {
  const key = JSON.stringify(filter ?? {});
  const topic = useMemo(() => activityFeed(JSON.parse(key) as ActivityFilter), [key]);
  const live = useSyncExternalStore(topic.subscribe, topic.getSnapshot);
  const [held, setHeld] = useState<{ topic: typeof topic; snapshot: FeedSnapshot } | null>(null);
  // Set while rendering: an effect would show one more entry than the reader asked for.
  const isHolding = paused && live.status === "ready";
  if (isHolding && held?.topic !== topic) setHeld({ topic, snapshot: live });
  if (!isHolding && held) setHeld(null);
  const shown = isHolding && held?.topic === topic ? held.snapshot : live;
  const release = useCallback(() => {
    setHeld((before) => before && { topic, snapshot: topic.getSnapshot() });
  }, [topic]);
  const items = useMemo(() => shown.items.slice(0, first), [shown, first]);
  return {
    items,
    waiting: Math.max(0, live.received - shown.received),
    release,
    newestCursor: shown.newestCursor,
    status: live.status,
    error: live.error,
  };
}
