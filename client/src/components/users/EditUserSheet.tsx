import { useId } from "react";
import type { UserFieldsFragment } from "@/api/gql/graphql";
import { toast } from "@/components/common/toast";
import { useActiveAdmins } from "@/hooks/useUsers";
import { formText } from "@/messages/users";
import { useAuth, useIsAdmin } from "@/store/auth";
import { ConflictNotice } from "./ConflictNotice";
import { FormError } from "./FormError";
import { FormSheet } from "./FormSheet";
import { protectionOf } from "./protection";
import { UserForm } from "./UserForm";
import type { SheetProps } from "./UserSheet";
import { useUserEditing } from "./useUserEditing";

export function EditUserSheet({ user, onClose }: SheetProps & { user: UserFieldsFragment }) {
  const formId = useId();
  const meId = useAuth((auth) => auth.user?.id);
  const manages = useIsAdmin();
  const own = user.id === meId;
  const editing = useUserEditing(user, own, () => {
    toast.success(formText.saved);
    onClose(true);
  });
  const { form, conflict, busy } = editing;
  return (
    <FormSheet
      title={own ? formText.editOwnTitle : formText.editTitle}
      description={own ? undefined : user.name}
      formId={formId}
      submitLabel={formText.save}
      busy={busy}
      dirty={editing.dirty}
      reason={editing.dirty ? undefined : formText.unchanged}
      onClose={onClose}
    >
      <UserForm
        id={formId}
        form={form}
        mode="edit"
        manages={manages}
        asksPassword={editing.asksPassword}
        reasons={protectionOf(user, meId, useActiveAdmins(manages))}
        onSubmit={editing.submit}
        notice={
          <>
            {conflict && (
              <ConflictNotice
                conflict={conflict}
                busy={busy}
                onReload={editing.reload}
                onOverwrite={() => void editing.overwrite()}
              />
            )}
            <FormError message={form.formState.errors.root?.message} />
          </>
        }
      />
    </FormSheet>
  );
}
