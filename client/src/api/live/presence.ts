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
}

// Those who left are remembered, so that a list can tell them from the unknown.
const KEPT = 1_000;

const changes = new Map<string, StatusChange>();
let isNew = true;

const shared: Topic<PresenceSnapshot> = topic(
  {
    open: (changed) =>
      subscribe(
        UserStatusChangedDocument,
        () => {
          isNew = true;
          return {};
        },
        {
          next: ({ userStatusChanged }) => {
            take(userStatusChanged);
            changed();
          },
        },
      ),
    snapshot,
    clear: () => changes.clear(),
  },
  presenceClock,
);

export function presenceTopic(): Topic<PresenceSnapshot> {
  return shared;
}

function take(change: StatusChange): void {
  // A new subscription begins with all who are online: who is not among them has left.
  if (isNew) changes.clear();
  isNew = false;
  changes.delete(change.userId);
  changes.set(change.userId, change);
  if (changes.size > KEPT) dropOne();
}

function dropOne(): void {
  for (const [id, { status }] of changes) {
    if (status === "ONLINE") continue;
    changes.delete(id);
    return;
  }
}

function snapshot(): PresenceSnapshot {
  const byId = new Map<string, Presence>();
  const online: OnlineUser[] = [];
  for (const { userId, status, at, user } of changes.values()) {
    byId.set(userId, status);
    if (status === "ONLINE" && user) {
      online.push({ id: userId, name: user.name, avatarUrl: user.avatarUrl, since: at });
    }
  }
  online.sort((a, b) => b.since.localeCompare(a.since) || a.name.localeCompare(b.name));
  return { online, byId };
}
