import { UserPlus } from "lucide-react";
import { useCallback, useState } from "react";
import { Link, useLocation, useMatch, useNavigate } from "react-router-dom";
import type { UserFieldsFragment } from "@/api/gql/graphql";
import { buttonClass } from "@/components/common/buttonClass";
import { PageHeader } from "@/components/common/PageHeader";
import type { UserAction } from "@/components/users/actions";
import { ExportButton } from "@/components/users/ExportButton";
import { CreateUserSheet } from "@/components/users/lazyForms";
import { listParams } from "@/components/users/listState";
import { SAVED } from "@/components/users/UnsavedGuard";
import { type Asked, UserDialogs } from "@/components/users/UserDialogs";
import { UserFilters } from "@/components/users/UserFilters";
import { UserList } from "@/components/users/UserList";
import { UserSheet } from "@/components/users/UserSheet";
import { useEnable } from "@/components/users/useEnable";
import { useUrlState } from "@/hooks/useUrlState";
import { usersText } from "@/messages/users";

export default function UsersPage() {
  const [state, patch] = useUrlState(listParams);
  const { search } = useLocation();
  const [asked, setAsked] = useState<Asked | null>(null);
  const act = useActions(setAsked);
  return (
    <>
      <PageHeader
        title={usersText.title}
        actions={
          <>
            <ExportButton state={state} />
            <Link to={{ pathname: "/users/new", search }} className={buttonClass("primary")}>
              <UserPlus aria-hidden />
              {usersText.newUser}
            </Link>
          </>
        }
      />
      <div className="flex flex-col gap-3">
        <UserFilters state={state} patch={patch} />
        <UserList state={state} patch={patch} onAction={act} />
      </div>
      <Sheets />
      <UserDialogs asked={asked} onClose={() => setAsked(null)} />
    </>
  );
}

/** The sheets have addresses of their own; the list stays as it is behind them. */
function Sheets() {
  const navigate = useNavigate();
  const { search } = useLocation();
  const isNew = useMatch("/users/new") !== null;
  const editedId = useMatch("/users/:id/edit")?.params.id;
  const close = (saved?: boolean) =>
    navigate({ pathname: "/users", search }, saved ? { state: SAVED } : {});
  if (isNew) return <CreateUserSheet onClose={close} />;
  if (editedId) return <UserSheet id={editedId} onClose={close} />;
  return null;
}

function useActions(ask: (asked: Asked) => void) {
  const navigate = useNavigate();
  const { search } = useLocation();
  const enable = useEnable();
  return useCallback(
    (action: UserAction, user: UserFieldsFragment) => {
      if (action === "open") navigate(`/users/${user.id}`);
      else if (action === "edit") navigate({ pathname: `/users/${user.id}/edit`, search });
      else if (action === "enable") enable(user);
      else ask({ kind: action, user });
    },
    [navigate, search, enable, ask],
  );
}
