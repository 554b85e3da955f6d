/** The live feed: the newest entries, and where some are missing. */

import type { ApiError } from "@/api/errors";
import { execute } from "@/api/execute";
import {
  ActivityAddedDocument,
  type ActivityAddedSubscription,
  ActivityPageDocument,
  type ActivityPageQuery,
} from "@/api/gql/graphql";
import { cardClock } from "@/api/live/clock";
import { closeGap, firstPage, gapOf } from "@/api/live/feed";
import { followLog } from "@/api/live/log";
import { Ring } from "@/api/live/ring";
import { Seen } from "@/api/live/seen";
import { type Source, type Topic, topic, topicsBy } from "@/api/live/topic";
import { subscribe } from "@/api/socket";
import type { Activity, ActivityFilter, FeedItem } from "@/types/api";

export interface FeedSnapshot {
  /** Newest first, at most 200. */
  items: readonly FeedItem[];
  /** Entries told since the feed was opened, those of its first page left out. */
  received: number;
  newestCursor: string | null;
  status: "loading" | "ready" | "error";
  error: ApiError | null;
}

type Event = ActivityAddedSubscription["activityAdded"];

const KEPT = 200;

const listeners = new Set<(activity: Activity) => void>();

/** Hears every entry of the unfiltered feed while somebody looks at that. */
export function onActivity(listener: (activity: Activity) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

class Feed implements Source<FeedSnapshot> {
  private readonly ring = new Ring<FeedItem>(KEPT);
  private readonly seen = new Seen();
  private received = 0;
  private cursor: string | null = null;
  private error: ApiError | null = null;

  constructor(private readonly filter: ActivityFilter | null) {}

  open(changed: () => void): () => void {
    const { filter } = this;
    return followLog<ActivityPageQuery, Event>({
      read: (signal) => execute(ActivityPageDocument, firstPage(filter), { signal }),
      fill: ({ activity }) => {
        this.fill(activity.nodes);
        this.cursor = activity.newestCursor;
        changed();
        return activity.newestCursor;
      },
      listen: (after, next, error) =>
        subscribe(ActivityAddedDocument, () => ({ after: after(), filter }), {
          next: ({ activityAdded }) => next(activityAdded),
          error,
        }),
      take: (event) => {
        const taken = this.take(event);
        changed();
        return taken;
      },
      failed: (error) => {
        this.error = error;
        changed();
      },
    });
  }

  snapshot(): FeedSnapshot {
    const { received, cursor, error } = this;
    const items = this.ring.newestFirst();
    const status = cursor !== null ? "ready" : error ? "error" : "loading";
    return { items, received, newestCursor: cursor, status, error };
  }

  clear(): void {
    this.ring.clear();
    this.seen.clear();
    this.received = 0;
    this.cursor = null;
    this.error = null;
  }

  private fill(page: readonly Activity[]): void {
    for (const one of page) if (this.seen.add(one.id)) this.tell(one);
    this.ring.refill(closeGap(this.ring.newestFirst(), page));
  }

  private take(event: Event): { cursor: string; isGap: boolean } {
    if (event.__typename === "Gap") {
      this.cursor = event.to;
      this.ring.push(gapOf(event));
      return { cursor: event.to, isGap: true };
    }
    this.cursor = event.cursor;
    this.error = null;
    if (this.seen.add(event.activity.id)) {
      this.received++;
      this.ring.push({ kind: "activity", activity: event.activity });
      this.tell(event.activity);
    }
    return { cursor: event.cursor, isGap: false };
  }

  /** Only to what stays true whoever looks: a filtered feed is silent. */
  private tell(activity: Activity): void {
    if (this.filter !== null || this.cursor === null) return;
    for (const listener of listeners) listener(activity);
  }
}

const feeds = topicsBy((filter: ActivityFilter | null) => topic(new Feed(filter), cardClock));

export function activityFeed(filter?: ActivityFilter): Topic<FeedSnapshot> {
  return feeds(filter && Object.keys(filter).length > 0 ? filter : null);
}
