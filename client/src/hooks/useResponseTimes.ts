import { useMemo } from "react";
import { ResponseTimesDocument } from "@/api/gql/graphql";
import type { ChartData, ChartQuery } from "@/types/chart";
import { chartData, LIVE_POLL_MS, MAX_POINTS } from "./chartQuery";
import { useApiQuery } from "./useApiQuery";

/** P50, P95 and P99, in this order. Percentiles cannot be patched by events: they are asked for anew. */
export function useResponseTimes(query: ChartQuery): ChartData {
  const { live, interval, ...rest } = query;
  const variables = { ...rest, interval: interval ?? "AUTO", maxPoints: MAX_POINTS } as const;
  const answer = useApiQuery(
    ["metrics", "response", variables],
    ResponseTimesDocument,
    { ...variables, compareTo: variables.compareTo ?? null },
    { keepPrevious: true, refetchInterval: live ? LIVE_POLL_MS : false },
  );
  const { data } = answer;
  const parts = useMemo(() => (data ? [data.p50, data.p95, data.p99] : undefined), [data]);
  return chartData(answer, parts);
}
