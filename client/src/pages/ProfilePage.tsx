import { UserX } from "lucide-react";
import { Link, useLocation, useNavigate, useParams } from "react-router-dom";
import { buttonClass } from "@/components/common/buttonClass";
import { ErrorState } from "@/components/common/ErrorState";
import { PageHeader } from "@/components/common/PageHeader";
import { Skeleton } from "@/components/common/Skeleton";
import { Notice } from "@/components/layout/Notice";
import { EditUserSheet } from "@/components/users/lazyForms";
import { Profile } from "@/components/users/Profile";
import { profileParams } from "@/components/users/profileParams";
import { SAVED } from "@/components/users/UnsavedGuard";
import { useUrlState } from "@/hooks/useUrlState";
import { useUser } from "@/hooks/useUsers";
import { profileText } from "@/messages/users";
import { useAuth, useIsAdmin } from "@/store/auth";

export default function ProfilePage() {
  const meId = useAuth((auth) => auth.user?.id) ?? "";
  const { id = meId } = useParams();
  const { data: user, error, refetch } = useUser(id);
  if (user) return <Found key={id} user={user} own={id === meId} />;
  if (user === null) return <Missing />;
  return (
    <>
      <PageHeader title={profileText.title} />
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton lines={8} className="max-w-xl" />
      )}
    </>
  );
}

function Found(props: Parameters<typeof Profile>[0]) {
  const { user, own } = props;
  const [{ edit }] = useUrlState(profileParams);
  const mayEdit = useIsAdmin() || own;
  const close = useClosing();
  return (
    <>
      <Profile {...props} />
      {edit && mayEdit && <EditUserSheet user={user} onClose={close} />}
    </>
  );
}

/** Takes the sheet out of the address. */
function useClosing() {
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  return (saved?: boolean) => {
    const rest = new URLSearchParams(search);
    rest.delete("edit");
    navigate({ pathname, search: rest.toString() }, saved ? { state: SAVED } : {});
  };
}

function Missing() {
  const toUsers = useIsAdmin();
  return (
    <Notice
      title={profileText.notFoundTitle}
      body={profileText.notFoundBody}
      icon={<UserX />}
      actions={
        <Link to={toUsers ? "/users" : "/"} className={buttonClass("primary")}>
          {toUsers ? profileText.toUsers : profileText.toDashboard}
        </Link>
      }
    />
  );
}
