/** The inbox: its newest notices, and what of it is unread, on whatever device. */

import type { ApiError } from "@/api/errors";
import { execute } from "@/api/execute";
import {
  MarkNotificationsReadDocument,
  NotificationReceivedDocument,
  type NotificationReceivedSubscription,
  NotificationsDocument,
  type NotificationsQuery,
} from "@/api/gql/graphql";
import { cardClock } from "@/api/live/clock";
import { followLog } from "@/api/live/log";
import { type Topic, topic } from "@/api/live/topic";
import { subscribe } from "@/api/socket";
import type { Notification } from "@/types/api";

export interface InboxSnapshot {
  /** Newest first, at most 100. */
  items: readonly Notification[];
  unreadCount: number;
  loading: boolean;
  error: ApiError | null;
}

type Event = NotificationReceivedSubscription["notificationReceived"];

const KEPT = 100;
const PAGE = 50;
const NOTHING: InboxSnapshot = { items: [], unreadCount: 0, loading: true, error: null };

let inbox = NOTHING;
let tell = () => {};
const arrivals = new Set<(notification: Notification) => void>();

const shared: Topic<InboxSnapshot> = topic(
  {
    open: (changed) => {
      tell = changed;
      return followLog<NotificationsQuery, Event>({
        ...{ read, fill, listen, take },
        failed: (error) => put({ error }),
      });
    },
    snapshot: () => inbox,
    clear: () => {
      inbox = NOTHING;
    },
  },
  cardClock,
);

export function notificationsTopic(): Topic<InboxSnapshot> {
  return shared;
}

/** Hears of each notice that comes while the inbox is looked at. */
export function onNotification(listener: (notification: Notification) => void): () => void {
  arrivals.add(listener);
  return () => arrivals.delete(listener);
}

/** Marks these, or all, as read: at once here, and undone if the server will not. */
export async function markRead(ids?: readonly string[]): Promise<void> {
  const before = new Map(inbox.items.map((one) => [one.id, one]));
  const wereUnread = inbox.unreadCount;
  put(readOf(inbox, ids ?? null, null));
  const marked = wereUnread - inbox.unreadCount;
  try {
    await execute(MarkNotificationsReadDocument, ids ? { ids: [...ids] } : {});
  } catch (error) {
    // What came meanwhile stays.
    const items = inbox.items.map((one) => before.get(one.id) ?? one);
    put({ items, unreadCount: inbox.unreadCount + marked });
    throw error;
  }
}

function put(changes: Partial<InboxSnapshot>): void {
  inbox = { ...inbox, ...changes };
  tell();
}

function read(signal?: AbortSignal): Promise<NotificationsQuery> {
  return execute(NotificationsDocument, { first: PAGE }, { signal });
}

function fill({ notifications }: NotificationsQuery): string {
  const ids = new Set(notifications.nodes.map((one) => one.id));
  const oldest = notifications.nodes.at(-1)?.createdAt ?? "";
  const older = inbox.items.filter((one) => !ids.has(one.id) && one.createdAt < oldest);
  const items = [...notifications.nodes, ...older].slice(0, KEPT);
  put({ items, unreadCount: notifications.unreadCount, loading: false, error: null });
  return notifications.newestCursor;
}

function listen(
  after: () => string,
  next: (event: Event) => void,
  error: (e: ApiError) => void,
): () => void {
  return subscribe(NotificationReceivedDocument, () => ({ after: after() }), {
    next: ({ notificationReceived }) => next(notificationReceived),
    error,
  });
}

function take(event: Event): { cursor: string; isGap: boolean } {
  if (event.__typename === "Gap") return { cursor: event.to, isGap: true };
  if (event.__typename === "NotificationsRead") {
    const isKnown = readOf(inbox, event.ids, event.before);
    put(isKnown);
    return { cursor: event.cursor, isGap: !isSettled(event.ids) };
  }
  const { notification, cursor } = event;
  if (inbox.items.some((one) => one.id === notification.id)) return { cursor, isGap: false };
  const items = [notification, ...inbox.items].slice(0, KEPT);
  put({ items, unreadCount: inbox.unreadCount + (notification.read ? 0 : 1) });
  for (const listener of arrivals) listener(notification);
  return { cursor, isGap: false };
}

/** Whether the count is right without asking: all of what was read is in view. */
function isSettled(ids: readonly string[] | null): boolean {
  if (ids === null) return inbox.unreadCount === 0;
  return ids.every((id) => inbox.items.some((one) => one.id === id));
}

/** The inbox with these read; neither `ids` nor `before` means all of them. */
export function readOf(
  { items, unreadCount }: InboxSnapshot,
  ids: readonly string[] | null,
  before: string | null,
): Pick<InboxSnapshot, "items" | "unreadCount"> {
  const isMeant = (one: Notification) =>
    ids ? ids.includes(one.id) : before === null || one.createdAt < before;
  const readAt = new Date().toISOString();
  let count = 0;
  const changed = items.map((one) => {
    if (one.read || !isMeant(one)) return one;
    count++;
    return { ...one, read: true, readAt };
  });
  const isAll = ids === null && before === null;
  return { items: changed, unreadCount: isAll ? 0 : Math.max(0, unreadCount - count) };
}
