// What must not be done to an account, and why: the server refuses it as well.

import type { AccountStatus, Role } from "@/api/gql/graphql";
import { actionText } from "@/messages/users";

export interface Protected {
  id: string;
  role: Role | null;
  status: AccountStatus;
}

export interface Reasons {
  disable?: string;
  remove?: string;
  role?: string;
}

const OWN: Reasons = {
  disable: actionText.ownDisable,
  remove: actionText.ownDelete,
  role: actionText.ownRole,
};
const LAST: Reasons = {
  disable: actionText.lastAdmin,
  remove: actionText.lastAdmin,
  role: actionText.lastAdmin,
};
const NONE: Reasons = {};

/** `activeAdmins` holds at least two ids unless there is only one; undefined while it is not known. */
export function protectionOf(
  user: Protected,
  meId: string | undefined,
  activeAdmins: readonly string[] | undefined,
): Reasons {
  if (user.id === meId) return OWN;
  const isLast =
    user.role === "ADMIN" &&
    user.status === "ACTIVE" &&
    activeAdmins?.length === 1 &&
    activeAdmins[0] === user.id;
  return isLast ? LAST : NONE;
}
