import { useMemo, useSyncExternalStore } from "react";
import { MetricsDocument } from "@/api/gql/graphql";
import { gapsTopic } from "@/api/live/gaps";
import { mergeLive } from "@/api/live/merge";
import { metricsTopic } from "@/api/live/metrics";
import { useApiQuery } from "@/hooks/useApiQuery";
import type { Compare, Interval, MetricResult, RangeInput, Stretch } from "@/types/api";

interface Asked {
  names: readonly string[];
  range: RangeInput;
  compareTo?: Compare | null;
  /** AUTO, within so many buckets, unless given. */
  interval?: Interval | undefined;
  maxPoints?: number;
  timeZone: string;
  /** Goes along with the buckets as they fill; of a range that ends now. */
  live: boolean;
}

export interface LiveMetrics {
  result: MetricResult | null;
  /** When nothing was heard, within the range. */
  gaps: readonly Stretch[];
  updatedAt: number;
  error: Error | null;
  loading: boolean;
  fetching: boolean;
  /** What is shown answers another question, until the answer to this one comes. */
  settling: boolean;
  /** Whether it worked. */
  refetch(): Promise<boolean>;
}

const NO_TOPIC = { subscribe: () => () => {}, getSnapshot: () => null };
const LEAST_MS = 30_000;
const MOST_MS = 300_000;

export function useLiveMetrics({ names, live, compareTo, ...asking }: Asked): LiveMetrics {
  const { range, timeZone, interval = "AUTO", maxPoints = 300 } = asking;
  const isLive = live && Boolean(range.last);
  const variables = { range, timeZone, interval, maxPoints, compareTo: compareTo ?? null };
  const query = useApiQuery(
    ["metrics", names, variables],
    MetricsDocument,
    { names: [...names], ...variables },
    {
      keepPrevious: true,
      enabled: names.length > 0,
      // Summaries, comparisons and buckets by a calendar come with the query alone.
      refetchInterval: ({ state }) => isLive && aboutABucketMs(state.data?.metrics),
    },
  );
  const asked = query.data?.metrics ?? null;
  const topic = useTopic(names, asked?.interval, isLive && !query.isPlaceholderData);
  const heard = useSyncExternalStore(topic.subscribe, topic.getSnapshot);
  const result = useMemo(
    () => (asked && heard ? mergeLive(asked, heard.buckets) : asked),
    [asked, heard],
  );
  const allGaps = useSyncExternalStore(gapsTopic.subscribe, gapsTopic.getSnapshot);
  const gaps = useMemo(() => gapsWithin(allGaps, result), [allGaps, result]);
  return {
    result,
    gaps,
    updatedAt: Math.max(heard?.heardAt ?? 0, query.dataUpdatedAt),
    error: query.error,
    loading: query.isPending,
    fetching: query.isFetching,
    settling: query.isPlaceholderData,
    refetch: async () => !(await query.refetch()).isError,
  };
}

function useTopic(names: readonly string[], interval: Interval | undefined, isLive: boolean) {
  const key = names.join(",");
  return useMemo(
    () => (isLive && interval && key ? metricsTopic(key.split(","), interval) : NO_TOPIC),
    [key, interval, isLive],
  );
}

function aboutABucketMs(result: MetricResult | undefined): number {
  const last = result?.series[0]?.points.at(-1);
  const widthMs = last ? Date.parse(last.end) - Date.parse(last.start) : 0;
  return Math.min(MOST_MS, Math.max(LEAST_MS, widthMs));
}

function gapsWithin(gaps: readonly Stretch[], result: MetricResult | null): readonly Stretch[] {
  if (!result) return [];
  const [from, to] = [Date.parse(result.from), Date.parse(result.to)];
  return gaps.filter((gap) => gap.to > from && gap.from < to);
}
