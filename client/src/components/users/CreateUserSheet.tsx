import { zodResolver } from "@hookform/resolvers/zod";
import { useId } from "react";
import { useForm } from "react-hook-form";
import { toast } from "@/components/common/toast";
import { useCreateUser } from "@/hooks/useUserChanges";
import { formText } from "@/messages/users";
import { BLANK, createInput, createSchema, type UserFormValues } from "./accountForm";
import { FormError } from "./FormError";
import { FormSheet } from "./FormSheet";
import { showErrors } from "./formErrors";
import { UserForm } from "./UserForm";
import type { SheetProps } from "./UserSheet";

export function CreateUserSheet({ onClose }: SheetProps) {
  const formId = useId();
  const create = useCreateUser();
  const form = useForm<UserFormValues>({
    resolver: zodResolver(createSchema),
    defaultValues: BLANK,
    mode: "onTouched",
  });

  async function save(values: UserFormValues) {
    try {
      const { createUser } = await create.mutateAsync({ input: createInput(values) });
      toast.success(formText.created(createUser.name));
      onClose(true);
    } catch (error) {
      showErrors(form, error);
    }
  }

  return (
    <FormSheet
      title={formText.createTitle}
      description={formText.createBody}
      formId={formId}
      submitLabel={formText.create}
      busy={create.isPending}
      dirty={form.formState.isDirty}
      onClose={onClose}
    >
      <UserForm
        id={formId}
        form={form}
        mode="create"
        manages
        asksPassword={false}
        reasons={{}}
        onSubmit={form.handleSubmit(save)}
        notice={<FormError message={form.formState.errors.root?.message} />}
      />
    </FormSheet>
  );
}
