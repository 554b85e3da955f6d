/** What passes between the dashboard's data and its charts. */
import type { Aggregate, Compare, Interval, MetricKind, RangeInput } from "@/api/gql/graphql";

export interface Bucket {
  start: string;
  end: string;
  value: number | null;
  partial: boolean;
}

export interface Series {
  name: string;
  unit: string | null;
  kind: MetricKind;
  aggregate: Aggregate;
  points: Bucket[];
  comparison?: { points: Bucket[] } | null;
}

/** Which stretch the panels show, and how finely. */
export interface ChartQuery {
  range: RangeInput;
  /** AUTO when not given. */
  interval: Interval | undefined;
  compareTo: Compare | undefined;
  timeZone: string;
  /** Whether what happens now belongs to it. */
  live: boolean;
}

export interface ChartData {
  series: Series[];
  interval: Interval | undefined;
  /** What to know about the figures, such as that old edges are by the hour. */
  warnings: readonly string[];
  /** ms; undefined before the first answer. */
  updatedAt: number | undefined;
  error: unknown;
  loading: boolean;
  /** What is shown answers another question, until the answer to this one comes. */
  settling: boolean;
  /** Whether it worked. */
  refetch(): Promise<boolean>;
}
