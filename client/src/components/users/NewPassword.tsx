import { useState } from "react";
import { Button } from "@/components/common/Button";
import { CopyButton } from "@/components/common/CopyButton";
import { Field } from "@/components/common/Field";
import { PasswordInput } from "@/components/common/PasswordInput";
import { formText } from "@/messages/users";
import { randomPassword } from "./accountForm";
import type { UserFormApi } from "./UserForm";

/** The first password of an account: typed, or made and copied to be handed over. */
export function NewPassword({ form }: { form: UserFormApi }) {
  const [made, setMade] = useState<string | null>(null);
  const password = form.watch("password");

  function generate() {
    const next = randomPassword();
    setMade(next);
    form.setValue("password", next, { shouldDirty: true, shouldValidate: true });
  }

  return (
    <div className="flex flex-col gap-2">
      <Field
        label={formText.password}
        hint={formText.passwordHint}
        error={form.formState.errors.password?.message}
      >
        {(field) => (
          <PasswordInput {...field} autoComplete="new-password" {...form.register("password")} />
        )}
      </Field>
      <div className="flex items-center gap-2">
        <Button type="button" variant="secondary" size="sm" onClick={generate}>
          {formText.generate}
        </Button>
        {made !== null && made === password && (
          <>
            <code className="font-mono text-table">{made}</code>
            <CopyButton text={made} label={formText.copyPassword} />
          </>
        )}
      </div>
    </div>
  );
}
