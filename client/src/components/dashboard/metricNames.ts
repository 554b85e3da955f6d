/** Which metrics there are to chart. */
import type { MetricNamesQuery } from "@/api/gql/graphql";

export type MetricName = MetricNamesQuery["metricNames"][number];

/** What the service records about itself has figures and panels of its own. */
const OWN = /^(api|auth|users)\./;

/** What is charted until somebody chooses: what came to be recorded last. */
export function firstChoice(names: MetricName[]): string[] {
  const others = names.filter(({ name }) => !OWN.test(name));
  others.sort((a, b) => b.firstAt.localeCompare(a.firstAt) || a.name.localeCompare(b.name));
  return others.slice(0, 1).map(({ name }) => name);
}

/** Those whose name has all the words. */
export function matching(names: MetricName[], search: string): MetricName[] {
  const words = search
    .toLowerCase()
    .split(/[\s.]+/)
    .filter(Boolean);
  return names.filter(({ name }) => words.every((word) => name.includes(word)));
}
