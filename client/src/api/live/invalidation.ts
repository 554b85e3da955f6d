/** Lists asked for over HTTP stay true: what happened says which to ask for again. */

import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { activityFeed, onActivity } from "@/api/live/activity";
import { flushClock } from "@/api/live/clock";
import { onResumed } from "@/store/connection";
import type { Activity } from "@/types/api";

/** The keys whose answers an entry makes old; `myId` is whose sessions and profile these are. */
export function keysOf(activity: Activity, myId: string | undefined): QueryKey[] {
  const { action, actor, targetType, targetId } = activity;
  const isMine = myId !== undefined && (actor?.id === myId || targetId === myId);
  const people = [actor?.id, targetType === "user" ? targetId : null];
  const profiles = people.flatMap((id) => (id ? [["user", id]] : []));
  switch (action.split(".")[0]) {
    case "user":
      return [["users"], ...profiles, ...(isMine ? [["me"]] : [])];
    case "auth":
    case "session":
      return [...profiles, ...(isMine ? [["sessions"]] : [])];
    case "api_key":
      return [["apiKeys"]];
    default:
      return [];
  }
}

/** Keeps the lists of `client` live until the returned function is called. */
export function keepListsLive(client: QueryClient, myId: () => string | undefined): () => void {
  const clock = flushClock(1);
  const due = new Map<string, QueryKey>();
  const flush = () => {
    const keys = [...due.values()];
    due.clear();
    for (const queryKey of keys) void client.invalidateQueries({ queryKey });
  };
  const stops = [
    activityFeed().subscribe(() => {}),
    onActivity((activity) => {
      for (const key of keysOf(activity, myId())) due.set(JSON.stringify(key), key);
      clock.soon(flush);
    }),
    // What was missed is told by the log; figures and lists without one are asked again.
    onResumed(() => void client.invalidateQueries()),
  ];
  return () => {
    clock.cancel(flush);
    for (const stop of stops) stop();
  };
}
