import type { UserFieldsFragment } from "@/api/gql/graphql";
import { Checkbox } from "@/components/common/Checkbox";
import { Table } from "@/components/common/Table";
import { Th } from "@/components/common/Th";
import { VisuallyHidden } from "@/components/common/VisuallyHidden";
import { usersText } from "@/messages/users";
import type { PresenceById } from "@/types/api";
import type { UserAction } from "./actions";
import { directionOf, nextSort, type Sort, type SortColumn } from "./listState";
import { protectionOf } from "./protection";
import { UserRow } from "./UserRow";
import type { Selection } from "./useSelection";

const { columns } = usersText;

interface UsersTableProps {
  users: readonly UserFieldsFragment[];
  /** Other rows are awaited. */
  busy: boolean;
  presence: PresenceById;
  meId: string | undefined;
  activeAdmins: readonly string[] | undefined;
  selection: Selection;
  sort: Sort;
  onSort: (sort: Sort) => void;
  onAction: (action: UserAction, user: UserFieldsFragment) => void;
}

export function UsersTable(props: UsersTableProps) {
  const { users, busy, presence, meId, activeAdmins, selection, onAction } = props;
  return (
    <Table label={usersText.title} busy={busy}>
      <thead>
        <tr>
          <Th className="w-10 pe-0">
            <Checkbox
              hideLabel
              label={usersText.selectAll}
              checked={selection.all}
              indeterminate={selection.users.length > 0 && !selection.all}
              onCheckedChange={selection.toggleAll}
            />
          </Th>
          <SortTh column="name" label={columns.name} {...props} />
          <Th>{columns.role}</Th>
          <Th>{columns.status}</Th>
          <Th>{columns.lastSeen}</Th>
          <SortTh column="created_at" label={columns.created} {...props} />
          <Th className="w-10">
            <VisuallyHidden>{columns.menu}</VisuallyHidden>
          </Th>
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <UserRow
            key={user.id}
            user={user}
            online={(presence.get(user.id) ?? user.presence) === "ONLINE"}
            own={user.id === meId}
            selected={selection.has(user.id)}
            reasons={protectionOf(user, meId, activeAdmins)}
            onToggle={selection.toggle}
            onAction={onAction}
          />
        ))}
      </tbody>
    </Table>
  );
}

interface SortThProps extends Pick<UsersTableProps, "sort" | "onSort"> {
  column: SortColumn;
  label: string;
}

function SortTh({ column, label, sort, onSort }: SortThProps) {
  return (
    <Th sort={directionOf(sort, column) ?? "none"} onSort={() => onSort(nextSort(sort, column))}>
      {label}
    </Th>
  );
}
