import type { FormEventHandler, ReactNode } from "react";
import type { UseFormReturn } from "react-hook-form";
import { Field } from "@/components/common/Field";
import { Input } from "@/components/common/Input";
import { PasswordInput } from "@/components/common/PasswordInput";
import { Select } from "@/components/common/Select";
import { formText, roleText, statusText } from "@/messages/users";
import type { UserFormValues } from "./accountForm";
import { NewPassword } from "./NewPassword";
import type { Reasons } from "./protection";
import { submitOnCtrlEnter } from "./submitKeys";

const ROLES = [
  { value: "MEMBER", label: roleText.MEMBER },
  { value: "ADMIN", label: roleText.ADMIN },
];
const STATUSES = [
  { value: "ACTIVE", label: statusText.ACTIVE },
  { value: "DISABLED", label: statusText.DISABLED },
];

export type UserFormApi = UseFormReturn<UserFormValues>;

interface UserFormProps {
  id: string;
  form: UserFormApi;
  mode: "create" | "edit";
  /** Role and account status are for administrators. */
  manages: boolean;
  /** A new address of one's own needs the current password. */
  asksPassword: boolean;
  reasons: Reasons;
  notice?: ReactNode;
  onSubmit: FormEventHandler<HTMLFormElement>;
}

export function UserForm({ id, form, mode, notice, onSubmit, ...who }: UserFormProps) {
  const { errors } = form.formState;
  return (
    <form
      id={id}
      noValidate
      onSubmit={onSubmit}
      onKeyDown={submitOnCtrlEnter}
      className="flex flex-col gap-4"
    >
      {notice}
      <Field label={formText.name} error={errors.name?.message}>
        {(field) => <Input {...field} autoComplete="off" {...form.register("name")} />}
      </Field>
      <Field label={formText.email} error={errors.email?.message}>
        {(field) => (
          <Input {...field} type="email" autoComplete="off" {...form.register("email")} />
        )}
      </Field>
      {who.asksPassword && (
        <Field
          label={formText.currentPassword}
          hint={formText.currentPasswordHint}
          error={errors.currentPassword?.message}
        >
          {(field) => (
            <PasswordInput
              {...field}
              autoComplete="current-password"
              {...form.register("currentPassword")}
            />
          )}
        </Field>
      )}
      {mode === "create" && <NewPassword form={form} />}
      {who.manages && <ManagedFields form={form} mode={mode} reasons={who.reasons} />}
      <Field
        label={formText.avatarUrl}
        hint={formText.avatarHint}
        error={errors.avatarUrl?.message}
      >
        {(field) => <Input {...field} type="url" inputMode="url" {...form.register("avatarUrl")} />}
      </Field>
    </form>
  );
}

function ManagedFields({ form, mode, reasons }: Pick<UserFormProps, "form" | "mode" | "reasons">) {
  const role = form.watch("role") === "ADMIN" ? "ADMIN" : "MEMBER";
  return (
    <>
      <ChoiceField
        name="role"
        label={formText.role}
        hint={formText.roleHint[role]}
        reason={reasons.role}
        options={ROLES}
        form={form}
      />
      {mode === "edit" && (
        <ChoiceField
          name="status"
          label={formText.status}
          hint={formText.statusHint}
          reason={reasons.disable}
          options={STATUSES}
          form={form}
        />
      )}
    </>
  );
}

interface ChoiceFieldProps {
  name: "role" | "status";
  label: string;
  hint: string;
  /** Why it cannot be changed; shown instead of the hint. */
  reason: string | undefined;
  options: readonly { value: string; label: string }[];
  form: UserFormApi;
}

function ChoiceField({ name, label, hint, reason, options, form }: ChoiceFieldProps) {
  // A disabled control that is registered would lose its value.
  const control = reason === undefined ? form.register(name) : { value: form.watch(name) };
  return (
    <Field label={label} hint={reason ?? hint} error={form.formState.errors[name]?.message}>
      {(field) => (
        <Select
          {...field}
          {...control}
          disabled={reason !== undefined}
          options={options}
          onChange={"onChange" in control ? control.onChange : ignore}
        />
      )}
    </Field>
  );
}

function ignore() {}
