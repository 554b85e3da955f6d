import { Ellipsis } from "lucide-react";
import { memo } from "react";
import { Link } from "react-router-dom";
import type { UserFieldsFragment } from "@/api/gql/graphql";
import { Avatar } from "@/components/common/Avatar";
import { Badge } from "@/components/common/Badge";
import { Checkbox } from "@/components/common/Checkbox";
import { cn } from "@/components/common/cn";
import { IconButton } from "@/components/common/IconButton";
import { Menu } from "@/components/common/Menu";
import { Td } from "@/components/common/Td";
import { TimeText } from "@/components/common/TimeText";
import { Tr } from "@/components/common/Tr";
import { usersText } from "@/messages/users";
import { AccountDot } from "./AccountDot";
import { menuItems, type UserAction } from "./actions";
import { LastSeen } from "./LastSeen";
import type { Reasons } from "./protection";
import { RoleBadge } from "./RoleBadge";

const { columns } = usersText;
// As a card, a row has its checkbox, name and menu in one line, and the rest below it.
const wide = "max-sm:col-span-3";

interface UserRowProps {
  user: UserFieldsFragment;
  online: boolean;
  own: boolean;
  selected: boolean;
  reasons: Reasons;
  onToggle: (id: string) => void;
  onAction: (action: UserAction, user: UserFieldsFragment) => void;
}

/** Remembered: presence changes once a second, and most rows with it do not. */
export const UserRow = memo(function UserRow(props: UserRowProps) {
  const { user, online, own, selected, reasons, onToggle, onAction } = props;
  return (
    <Tr
      selected={selected}
      onOpen={() => onAction("open", user)}
      onToggle={() => onToggle(user.id)}
      className="scroll-mt-14 max-sm:grid max-sm:grid-cols-[auto_minmax(0,1fr)_auto] max-sm:gap-x-3"
    >
      <Td className="w-10 pe-0 max-sm:w-auto">
        <Checkbox
          hideLabel
          label={usersText.select(user.name)}
          checked={selected}
          onCheckedChange={() => onToggle(user.id)}
        />
      </Td>
      <Td className="max-w-80 max-sm:max-w-none max-sm:justify-start">
        <span className="flex min-w-0 items-center gap-3 text-start">
          <Avatar name={user.name} url={user.avatarUrl} online={online} />
          <span className="min-w-0">
            <span className="flex items-center gap-2">
              <Link
                to={`/users/${user.id}`}
                title={user.name}
                className="truncate font-medium text-text hover:underline"
              >
                {user.name}
              </Link>
              {own && <Badge>{usersText.you}</Badge>}
            </span>
            <span
              title={user.email ?? undefined}
              className="block truncate text-caption text-muted"
            >
              {user.email}
            </span>
          </span>
        </span>
      </Td>
      <Td label={columns.role} className={wide}>
        <RoleBadge role={user.role} />
      </Td>
      <Td label={columns.status} className={wide}>
        <AccountDot status={user.status} />
      </Td>
      <Td label={columns.lastSeen} className={cn(wide, "whitespace-nowrap text-muted")}>
        <LastSeen online={online} at={user.lastSeenAt} />
      </Td>
      <Td label={columns.created} className={cn(wide, "whitespace-nowrap text-muted")}>
        <TimeText at={user.createdAt} mode="absolute" />
      </Td>
      <Td className="w-10 text-end max-sm:w-auto max-sm:col-start-3 max-sm:row-start-1">
        <Menu
          items={menuItems(user, reasons, (action) => onAction(action, user))}
          trigger={<IconButton size="sm" label={usersText.menu(user.name)} icon={<Ellipsis />} />}
        />
      </Td>
    </Tr>
  );
});
