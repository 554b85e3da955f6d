/** Who is online. */

import { UserStatusChangedDocument } from "@/api/gql/graphql";
import { presenceClock } from "@/api/live/clock";
import { type Topic, topic } from "@/api/live/topic";
import { subscribe } from "@/api/socket";
import type { OnlineUser, Presence, PresenceById, StatusChange } from "@/types/api";

export interface PresenceSnapshot {
  /** Who came last is first. */
  online: readonly OnlineUser[];
  byId: PresenceById;
  /** Whether it was ever told. */
  known: boolean;
}

type Changes = Map<string, StatusChange>;

// Those who left are remembered, so that a list can tell them from the unknown.
const KEPT = 1_000;
// A subscription begins with all who are online, one by one and without an end: a pause is it.
const PAUSE_MS = 150;
const LONGEST_MS = 1_000;

let changes: Changes | undefined;

const shared: Topic<PresenceSnapshot> = topic(
  { open, snapshot, clear: () => (changes = undefined) },
  presenceClock,
);

export function presenceTopic(): Topic<PresenceSnapshot> {
  return shared;
}

function open(changed: () => void): () => void {
  let gathered: Changes | undefined;
  let begunAt = 0;
  let pause: ReturnType<typeof setTimeout> | undefined;
  const begin = () => {
    clearTimeout(pause);
    gathered = new Map();
    return {};
  };
  const end = () => {
    // Who is not among them has left.
    changes = gathered;
    gathered = undefined;
    changed();
  };
  const next = ({ userStatusChanged }: { userStatusChanged: StatusChange }) => {
    if (!gathered) {
      if (changes) take(changes, userStatusChanged);
      return changed();
    }
    if (gathered.size === 0) begunAt = Date.now();
    take(gathered, userStatusChanged);
    clearTimeout(pause);
    pause = setTimeout(end, Math.min(PAUSE_MS, begunAt + LONGEST_MS - Date.now()));
  };
  const stop = subscribe(UserStatusChangedDocument, begin, { next });
  return () => {
    clearTimeout(pause);
    stop();
  };
}

function take(into: Changes, change: StatusChange): void {
  into.delete(change.userId);
  into.set(change.userId, change);
  if (into.size > KEPT) dropOne(into);
}

function dropOne(from: Changes): void {
  for (const [id, { status }] of from) {
    if (status === "ONLINE") continue;
    from.delete(id);
    return;
  }
}

function snapshot(): PresenceSnapshot {
  const byId = new Map<string, Presence>();
  const online: OnlineUser[] = [];
  for (const { userId, status, at, user } of changes?.values() ?? []) {
    byId.set(userId, status);
    if (status === "ONLINE" && user) {
      online.push({ id: userId, name: user.name, avatarUrl: user.avatarUrl, since: at });
    }
  }
  online.sort((a, b) => b.since.localeCompare(a.since) || a.name.localeCompare(b.name));
  return { online, byId, known: changes !== undefined };
}
