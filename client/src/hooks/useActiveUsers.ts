import { useMemo } from "react";
import { ActiveUsersDocument } from "@/api/gql/graphql";
import type { TimeRange } from "@/types/api";
import type { ChartData, ChartQuery } from "@/types/chart";
import { chartData, LIVE_POLL_MS, MAX_POINTS } from "./chartQuery";
import { useApiQuery } from "./useApiQuery";

/** How many accounts had been seen within `window`, over time. */
export function useActiveUsers(query: ChartQuery, window: TimeRange): ChartData {
  const { live, interval, ...rest } = query;
  const variables = {
    ...rest,
    interval: interval ?? "AUTO",
    maxPoints: MAX_POINTS,
    window,
  } as const;
  const answer = useApiQuery(
    ["metrics", "active", variables],
    ActiveUsersDocument,
    { ...variables, compareTo: variables.compareTo ?? null },
    { keepPrevious: true, refetchInterval: live ? LIVE_POLL_MS : false },
  );
  const { data } = answer;
  const parts = useMemo(() => (data ? [data.active] : undefined), [data]);
  return chartData(answer, parts);
}
