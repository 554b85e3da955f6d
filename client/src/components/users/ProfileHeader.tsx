import { Ellipsis, Pencil, ScrollText, Settings } from "lucide-react";
import { Link } from "react-router-dom";
import type { UserFieldsFragment } from "@/api/gql/graphql";
import { Avatar } from "@/components/common/Avatar";
import { Button } from "@/components/common/Button";
import { buttonClass } from "@/components/common/buttonClass";
import { IconButton } from "@/components/common/IconButton";
import { Menu } from "@/components/common/Menu";
import { PageHeader } from "@/components/common/PageHeader";
import { useActiveAdmins } from "@/hooks/useUsers";
import { actionText, profileText } from "@/messages/users";
import { useIsAdmin } from "@/store/auth";
import { AccountDot } from "./AccountDot";
import { menuItems, type UserAction } from "./actions";
import { LastSeen } from "./LastSeen";
import { protectionOf } from "./protection";
import { RoleBadge } from "./RoleBadge";
import type { Asked } from "./UserDialogs";
import { useEnable } from "./useEnable";

interface ProfileHeaderProps {
  user: UserFieldsFragment;
  own: boolean;
  online: boolean;
  onEdit: () => void;
  onAsk: (kind: Asked["kind"]) => void;
}

export function ProfileHeader(props: ProfileHeaderProps) {
  const { user, own, online } = props;
  return (
    <div className="mb-2 flex items-start gap-4">
      <Avatar name={user.name} url={user.avatarUrl} size="lg" online={online} />
      <div className="min-w-0 grow">
        <PageHeader
          title={user.name}
          description={
            <span className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
              <RoleBadge role={user.role} />
              {(user.role !== null || user.status === "DISABLED") && (
                <AccountDot status={user.status} />
              )}
              <span className="whitespace-nowrap">
                <LastSeen online={online} at={user.lastSeenAt} labelled />
              </span>
            </span>
          }
          actions={own ? <OwnActions {...props} /> : <AdminActions {...props} />}
        />
      </div>
    </div>
  );
}

function OwnActions({ user, onEdit }: ProfileHeaderProps) {
  return (
    <>
      <AuditLink id={user.id} />
      <Link to="/settings" className={buttonClass("secondary")}>
        <Settings aria-hidden />
        {profileText.settings}
      </Link>
      <Button variant="primary" onClick={onEdit}>
        <Pencil aria-hidden />
        {profileText.editOwn}
      </Button>
    </>
  );
}

function AdminActions({ user, onEdit, onAsk }: ProfileHeaderProps) {
  const isAdmin = useIsAdmin();
  const activeAdmins = useActiveAdmins(isAdmin);
  const enable = useEnable();
  if (!isAdmin) return null;

  function act(action: UserAction) {
    if (action === "enable") enable(user);
    else if (action === "edit") onEdit();
    else if (action !== "open") onAsk(action);
  }

  const reasons = protectionOf(user, undefined, activeAdmins);
  const shown = [actionText.open, actionText.edit] as string[];
  return (
    <>
      <AuditLink id={user.id} />
      <Button variant="primary" onClick={onEdit}>
        <Pencil aria-hidden />
        {profileText.edit}
      </Button>
      <Menu
        items={menuItems(user, reasons, act).filter((item) => !shown.includes(item.label))}
        trigger={
          <IconButton variant="secondary" label={profileText.more(user.name)} icon={<Ellipsis />} />
        }
      />
    </>
  );
}

function AuditLink({ id }: { id: string }) {
  return (
    <Link to={`/audit?target=user:${id}`} className={buttonClass("secondary")}>
      <ScrollText aria-hidden />
      {profileText.audit}
    </Link>
  );
}
