import type { SparklinesQuery } from "@/api/gql/graphql";
import { SparklinesDocument } from "@/api/gql/graphql";
import type { RangeInput, TimeRange } from "@/types/api";
import { useApiQuery } from "./useApiQuery";

export type Sparklines = SparklinesQuery;
const POLL_MS = 30_000;

/** The history behind the figures, sixty buckets of it. */
export function useSparklines(
  range: RangeInput,
  timeZone: string,
  window: TimeRange,
  live: boolean,
) {
  const variables = { range, timeZone, window };
  const options = { keepPrevious: true, refetchInterval: live ? POLL_MS : (false as const) };
  return useApiQuery(["metrics", "spark", variables], SparklinesDocument, variables, options);
}
