import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { StatsDocument } from "@/api/gql/graphql";
import { statsTopic } from "@/api/live/stats";
import { apiQuery } from "@/hooks/useApiQuery";
import { useConnection } from "@/store/connection";
import type { DashboardStats, TimeRange } from "@/types/api";

const WITHOUT_SOCKET_MS = 15_000;

export interface LiveStats {
  stats: DashboardStats | null;
  /** When the figures were last heard, ms; 0 = never. */
  updatedAt: number;
  error: Error | null;
  loading: boolean;
  /** Whether it worked. */
  refetch(): Promise<boolean>;
}

export function statsQuery(range: TimeRange) {
  return apiQuery(["stats", range], StatsDocument, { range });
}

/** The newest figures, by whichever way they came. */
export function useLiveStats(range: TimeRange): LiveStats {
  const topic = statsTopic(range);
  const live = useSyncExternalStore(topic.subscribe, topic.getSnapshot);
  const isLive = useConnection(({ state }) => state === "live");
  const query = useQuery({
    ...statsQuery(range),
    refetchInterval: isLive ? false : WITHOUT_SOCKET_MS,
  });
  const asked = query.data?.stats ?? null;
  const isNewer = live.stats !== null && (asked === null || live.stats.asOf >= asked.asOf);
  return {
    stats: isNewer ? live.stats : asked,
    updatedAt: Math.max(live.heardAt, query.dataUpdatedAt),
    error: query.error,
    loading: live.stats === null && query.isPending,
    refetch: async () => !(await query.refetch()).isError,
  };
}
