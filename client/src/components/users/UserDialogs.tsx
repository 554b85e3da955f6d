import type { UserFieldsFragment } from "@/api/gql/graphql";
import { ConfirmDialog } from "@/components/common/ConfirmDialog";
import { toast } from "@/components/common/toast";
import { useDeleteUser, useUpdateUser } from "@/hooks/useUserChanges";
import { actionText } from "@/messages/users";
import { NotifyDialog } from "./lazyForms";

/** What is about to be done to one account. */
export type Asked = { kind: "disable" | "remove" | "notify"; user: UserFieldsFragment };

interface UserDialogsProps {
  asked: Asked | null;
  onClose: () => void;
  /** After a deletion. */
  onRemoved?: () => void;
}

export function UserDialogs({ asked, onClose, onRemoved }: UserDialogsProps) {
  if (asked === null) return null;
  const { kind, user } = asked;
  if (kind === "notify") return <NotifyDialog people={[user]} onClose={onClose} />;
  if (kind === "disable") return <DisableDialog user={user} onClose={onClose} />;
  return <RemoveDialog user={user} onClose={onClose} onRemoved={onRemoved} />;
}

interface OneProps {
  user: UserFieldsFragment;
  onClose: () => void;
  onRemoved?: (() => void) | undefined;
}

function DisableDialog({ user, onClose }: OneProps) {
  const update = useUpdateUser();
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={actionText.disableTitle(user.name)}
      body={actionText.disableBody}
      confirmLabel={actionText.disable}
      danger
      onConfirm={async () => {
        await update.mutateAsync({ id: user.id, input: { status: "DISABLED" } });
        toast.success(actionText.disabled(user.name));
      }}
    />
  );
}

function RemoveDialog({ user, onClose, onRemoved }: OneProps) {
  const remove = useDeleteUser();
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={actionText.deleteTitle(user.name)}
      body={actionText.deleteBody}
      confirmLabel={actionText.remove}
      danger
      typed={user.email ?? user.name}
      onConfirm={async () => {
        await remove.mutateAsync({ id: user.id });
        toast.success(actionText.deleted(user.name));
        onRemoved?.();
      }}
    />
  );
}
