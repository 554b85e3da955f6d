// What can be done to one account, from its row and from its profile.

import { Ban, Bell, Pencil, RotateCcw, Trash2, UserRound } from "lucide-react";
import type { UserFieldsFragment } from "@/api/gql/graphql";
import type { MenuItem } from "@/components/common/Menu";
import { actionText } from "@/messages/users";
import type { Reasons } from "./protection";

export type UserAction = "open" | "edit" | "notify" | "disable" | "enable" | "remove";

export function menuItems(
  user: UserFieldsFragment,
  reasons: Reasons,
  act: (action: UserAction) => void,
): MenuItem[] {
  const item = (action: UserAction, icon: React.ReactNode, reason?: string): MenuItem => ({
    label: actionText[action],
    icon,
    onSelect: () => act(action),
    ...(reason !== undefined && { disabled: true, reason }),
  });
  return [
    item("open", <UserRound />),
    item("edit", <Pencil />),
    item("notify", <Bell />),
    user.status === "ACTIVE"
      ? item("disable", <Ban />, reasons.disable)
      : item("enable", <RotateCcw />),
    { ...item("remove", <Trash2 />, reasons.remove), danger: true },
  ];
}
