import type { ChartData, ChartQuery } from "@/types/chart";
import { MAX_POINTS } from "./chartQuery";
import { useLiveMetrics } from "./useLiveMetrics";

/** Metrics of these names, their open buckets moving as they fill. */
export function useMetricChart(names: string[], query: ChartQuery): ChartData {
  const { compareTo, ...rest } = query;
  const asked = { ...rest, names, compareTo: compareTo ?? null, maxPoints: MAX_POINTS };
  const { result, updatedAt, error, loading, settling, refetch } = useLiveMetrics(asked);
  return {
    series: result?.series ?? NONE,
    interval: result?.interval,
    warnings: result?.warnings ?? NONE,
    updatedAt: updatedAt || undefined,
    error,
    loading,
    settling,
    refetch,
  };
}

const NONE: never[] = [];
