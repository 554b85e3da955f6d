import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { SparklinesQuery } from "@/api/gql/graphql";
import { SparklinesDocument } from "@/api/gql/graphql";
import type { RangeInput, TimeRange } from "@/types/api";
import { apiQuery } from "./useApiQuery";

export type Sparklines = SparklinesQuery;
interface Asked {
  range: RangeInput;
  timeZone: string;
  window: TimeRange;
}
const POLL_MS = 30_000;

export function sparklinesQuery(variables: Asked) {
  return apiQuery(["metrics", "spark", variables], SparklinesDocument, variables);
}

/** The history behind the figures, sixty buckets of it. */
export function useSparklines(
  range: RangeInput,
  timeZone: string,
  window: TimeRange,
  live: boolean,
) {
  return useQuery({
    ...sparklinesQuery({ range, timeZone, window }),
    placeholderData: keepPreviousData,
    refetchInterval: live ? POLL_MS : false,
  });
}
