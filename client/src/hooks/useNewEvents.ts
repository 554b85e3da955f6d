import { useEffect, useState } from "react";
import { type ActivityFilter, NewEventsDocument } from "@/api/gql/graphql";
import { cardClock } from "@/api/live/clock";
import { subscribe } from "@/api/socket";

const COUNTED_MAX = 999;

/** How many entries came; `more` when some were missed or there are too many to count. */
export interface NewEvents {
  count: number;
  more: boolean;
}

const NONE = { ids: [] as readonly string[], more: false };

/**
 * How many entries that `filter` lets through came after the cursor, counted live.
 * Counts nothing as long as `after` is undefined, and none of those that are `shown`: one that
 * came while they were read is among them and past the cursor, too.
 */
export function useNewEvents(
  after: string | undefined,
  filter: ActivityFilter,
  shown: readonly { id: string }[],
): NewEvents {
  const [news, setNews] = useState(NONE);
  const wanted = JSON.stringify(filter);
  useEffect(() => {
    setNews(NONE);
    if (after === undefined) return;
    let latest = after;
    const seen = new Set<string>();
    let missed = false;
    const tell = () => setNews({ ids: [...seen], more: missed });
    const stop = subscribe(
      NewEventsDocument,
      () => ({ after: latest, filter: JSON.parse(wanted) as ActivityFilter }),
      {
        next: ({ activityAdded: event }) => {
          if (event.__typename === "Gap") {
            latest = event.to;
            missed = true;
          } else {
            latest = event.cursor;
            if (seen.size < COUNTED_MAX) seen.add(event.activity.id);
            else missed = true;
          }
          cardClock.soon(tell);
        },
      },
    );
    return () => {
      stop();
      cardClock.cancel(tell);
    };
  }, [after, wanted]);
  const there = new Set(shown.map(({ id }) => id));
  return { count: news.ids.filter((id) => !there.has(id)).length, more: news.more };
}
