import type { ReactNode } from "react";
import { fieldErrors } from "@/api/errors";
import type { UserFieldsFragment } from "@/api/gql/graphql";
import { Button } from "@/components/common/Button";
import { Card } from "@/components/common/Card";
import { cn } from "@/components/common/cn";
import { EmptyState } from "@/components/common/EmptyState";
import { ErrorState } from "@/components/common/ErrorState";
import { Skeleton } from "@/components/common/Skeleton";
import { usePresence } from "@/hooks/usePresence";
import type { Patch } from "@/hooks/useUrlState";
import { useActiveAdmins, useUsersPage } from "@/hooks/useUsers";
import { usersText } from "@/messages/users";
import { useAuth } from "@/store/auth";
import type { UserAction } from "./actions";
import { BulkBar, barClass } from "./BulkBar";
import {
  FIRST_PAGE,
  hasFilter,
  type listParams,
  NO_FILTER,
  type UserListState,
  variablesOf,
} from "./listState";
import { UserPager } from "./UserPager";
import { UsersTable } from "./UsersTable";
import { useSelection } from "./useSelection";

const NOBODY: readonly UserFieldsFragment[] = [];

interface UserListProps {
  state: UserListState;
  patch: Patch<typeof listParams>;
  onAction: (action: UserAction, user: UserFieldsFragment) => void;
}

export function UserList({ state, patch, onAction }: UserListProps) {
  const variables = variablesOf(state);
  const { data, error, isPlaceholderData, isFetching, refetch } = useUsersPage(variables);
  const users = data?.nodes ?? NOBODY;
  const meId = useAuth((auth) => auth.user?.id);
  const selection = useSelection(users, JSON.stringify(variables));
  const presence = usePresence().byId;
  const activeAdmins = useActiveAdmins(true);

  return (
    <Card className="p-0" aria-busy={isFetching || undefined}>
      {selection.users.length > 0 ? (
        <BulkBar selection={selection} meId={meId} />
      ) : (
        <p role="status" className={cn(barClass, "text-table text-muted empty:hidden")}>
          {data && usersText.count(data.totalCount)}
          {!data && !error && usersText.counting}
        </p>
      )}
      {error && <Failure error={error} patch={patch} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton lines={12} className="p-4" />}
      {data && users.length === 0 && !error && <Nobody state={state} patch={patch} />}
      {users.length > 0 && (
        <UsersTable
          users={users}
          busy={isPlaceholderData}
          presence={presence}
          meId={meId}
          activeAdmins={activeAdmins}
          selection={selection}
          sort={state.sort}
          onSort={(sort) => patch({ sort, ...FIRST_PAGE })}
          onAction={onAction}
        />
      )}
      {data && (
        <UserPager
          size={state.size}
          pageInfo={data.pageInfo}
          busy={isPlaceholderData}
          patch={patch}
        />
      )}
    </Card>
  );
}

interface FailureProps {
  error: Error;
  patch: UserListProps["patch"];
  onRetry: () => void;
}

function Failure({ error, patch, onRetry }: FailureProps) {
  const wrong = fieldErrors(error);
  // An address of before, cut or made up: asking again would fail again.
  if (wrong.after ?? wrong.before) return <PageGone patch={patch} />;
  return (
    <div className="px-4 py-2">
      <ErrorState error={error} onRetry={onRetry} />
    </div>
  );
}

function Nobody({ state, patch }: Pick<UserListProps, "state" | "patch">): ReactNode {
  if (state.after ?? state.before) return <PageGone patch={patch} />;
  if (!hasFilter(state)) {
    return <EmptyState title={usersText.emptyTitle} body={usersText.emptyBody} />;
  }
  return (
    <EmptyState
      title={usersText.noMatchTitle}
      body={usersText.noMatchBody}
      action={<Button onClick={() => patch(NO_FILTER)}>{usersText.clearFilters}</Button>}
    />
  );
}

function PageGone({ patch }: Pick<UserListProps, "patch">) {
  return (
    <EmptyState
      title={usersText.pageGoneTitle}
      body={usersText.pageGoneBody}
      action={<Button onClick={() => patch(FIRST_PAGE, "replace")}>{usersText.firstPage}</Button>}
    />
  );
}
