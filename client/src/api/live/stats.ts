/** The figures at the head of the dashboard, as they change. */

import { DashboardUpdatedDocument } from "@/api/gql/graphql";
import { cardClock } from "@/api/live/clock";
import { type Topic, topic, topicsBy } from "@/api/live/topic";
import { subscribe } from "@/api/socket";
import type { DashboardStats, TimeRange } from "@/types/api";

export interface StatsSnapshot {
  stats: DashboardStats | null;
  /** When it was heard, ms; 0 = never. */
  heardAt: number;
}

const NOTHING: StatsSnapshot = { stats: null, heardAt: 0 };

export const statsTopic = topicsBy((range: TimeRange): Topic<StatsSnapshot> => {
  let latest = NOTHING;
  return topic(
    {
      open: (changed) =>
        subscribe(
          DashboardUpdatedDocument,
          { range },
          {
            next: ({ dashboardUpdated }) => {
              latest = { stats: dashboardUpdated, heardAt: Date.now() };
              changed();
            },
          },
        ),
      snapshot: () => latest,
      clear: () => {
        latest = NOTHING;
      },
    },
    cardClock,
  );
});
