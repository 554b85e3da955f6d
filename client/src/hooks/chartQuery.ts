/** What the queries behind charts have in common. */
import type { UseQueryResult } from "@tanstack/react-query";
import type { Interval } from "@/types/api";
import type { ChartData, Series } from "@/types/chart";

/** So many make a calm line on the widest panel. */
export const MAX_POINTS = 200;
export const LIVE_POLL_MS = 10_000;

type Part = { interval: Interval; warnings: string[]; series: Series[] };

const seriesOf = new WeakMap<Part[], Series[]>();

/** The same parts give the same array, so that nothing is drawn twice. */
function allSeries(parts: Part[]): Series[] {
  const known = seriesOf.get(parts) ?? parts.flatMap((part) => part.series);
  seriesOf.set(parts, known);
  return known;
}

const NONE: never[] = [];

export function chartData(
  answer: UseQueryResult<unknown, Error>,
  parts: Part[] | undefined,
): ChartData {
  return {
    series: parts ? allSeries(parts) : NONE,
    interval: parts?.[0]?.interval,
    warnings: parts?.[0]?.warnings ?? NONE,
    updatedAt: answer.dataUpdatedAt || undefined,
    error: answer.error,
    loading: answer.isPending,
    settling: answer.isPlaceholderData,
    refetch: async () => !(await answer.refetch()).isError,
  };
}
