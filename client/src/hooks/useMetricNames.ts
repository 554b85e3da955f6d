import { MetricNamesDocument } from "@/api/gql/graphql";
import { useApiQuery } from "./useApiQuery";

const FRESH_MS = 60_000;

/** What something was recorded under, by name. */
export function useMetricNames() {
  return useApiQuery(
    ["metricNames"],
    MetricNamesDocument,
    {},
    {
      staleTime: FRESH_MS,
      select: ({ metricNames }) => metricNames,
    },
  );
}
