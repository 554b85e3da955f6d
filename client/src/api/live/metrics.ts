/** Buckets of metrics as they fill. */

import { MetricUpdatedDocument } from "@/api/gql/graphql";
import { chartClock } from "@/api/live/clock";
import { type Topic, topic, topicsBy } from "@/api/live/topic";
import { subscribe } from "@/api/socket";
import type { Interval, MetricPoint, MetricUpdate } from "@/types/api";

/** By metric, then by the start of the bucket. */
export type LiveBuckets = ReadonlyMap<string, LiveSeries>;

export interface LiveSeries {
  aggregate: MetricUpdate["aggregate"];
  points: ReadonlyMap<string, MetricPoint>;
}

export interface MetricsSnapshot {
  buckets: LiveBuckets;
  heardAt: number;
}

// The server tells late changes of an hour: sixty buckets of a minute, and the open one.
const KEPT = 128;

const NOTHING: MetricsSnapshot = { buckets: new Map(), heardAt: 0 };

interface Asked {
  names: readonly string[];
  interval: Interval;
}

const topics = topicsBy(({ names, interval }: Asked): Topic<MetricsSnapshot> => {
  const buckets = new Map<string, LiveSeries & { points: Map<string, MetricPoint> }>();
  let latest = NOTHING;
  let heardAt = 0;
  let isNew = false;
  return topic(
    {
      open: (changed) =>
        subscribe(
          MetricUpdatedDocument,
          () => {
            // What was told before a break may be old by now; it is all told again.
            buckets.clear();
            isNew = true;
            return { names: [...names], interval };
          },
          {
            next: ({ metricUpdated }) => {
              keep(buckets, metricUpdated);
              heardAt = Date.now();
              isNew = true;
              changed();
            },
          },
        ),
      snapshot: () => {
        // A map of its own, so that who compares snapshots sees a change.
        if (isNew) latest = { buckets: new Map(buckets), heardAt };
        isNew = false;
        return latest;
      },
      clear: () => {
        buckets.clear();
        latest = NOTHING;
        isNew = false;
      },
    },
    chartClock,
  );
});

export function metricsTopic(names: readonly string[], interval: Interval): Topic<MetricsSnapshot> {
  return topics({ names: [...names].sort(), interval });
}

function keep(
  buckets: Map<string, LiveSeries & { points: Map<string, MetricPoint> }>,
  { name, aggregate, points }: MetricUpdate,
): void {
  const held = buckets.get(name)?.points ?? new Map<string, MetricPoint>();
  for (const point of points) {
    held.delete(point.start);
    held.set(point.start, point);
  }
  while (held.size > KEPT) held.delete(held.keys().next().value as string);
  buckets.set(name, { aggregate, points: held });
}
