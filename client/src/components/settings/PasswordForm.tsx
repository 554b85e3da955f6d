import { useForm } from "react-hook-form";
import { fieldErrors, messageOf } from "@/api/errors";
import { ChangePasswordDocument, type ChangePasswordMutationVariables } from "@/api/gql/graphql";
import { Button } from "@/components/common/Button";
import { Field } from "@/components/common/Field";
import { PasswordInput } from "@/components/common/PasswordInput";
import { toast } from "@/components/common/toast";
import {
  PASSWORD_MAX,
  PASSWORD_MIN,
  passwordStrength,
} from "@/components/settings/passwordStrength";
import { useApiMutation } from "@/hooks/useApiMutation";
import { useOfflineReason } from "@/hooks/useOfflineReason";
import { settingsText } from "@/messages/settings";
import { useAuth } from "@/store/auth";

const words = settingsText.password;
const FIELDS = ["currentPassword", "newPassword"] as const;

type Passwords = ChangePasswordMutationVariables;

export function PasswordForm() {
  const email = useAuth((auth) => auth.user?.email);
  const offline = useOfflineReason();
  const change = useApiMutation(ChangePasswordDocument, { invalidates: [["sessions"]] });
  const { register, handleSubmit, watch, reset, setError, formState } = useForm<Passwords>({
    defaultValues: { currentPassword: "", newPassword: "" },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (passwords) => {
    try {
      await change.mutateAsync(passwords);
      reset();
      toast.success(words.changed);
    } catch (failure) {
      const problems = problemsOf(failure);
      for (const [field, message] of problems) {
        setError(field, { message }, { shouldFocus: field === problems[0]?.[0] });
      }
    }
  });
  const next = watch("newPassword");
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="grid max-w-sm gap-4">
      <input type="email" autoComplete="username" value={email ?? ""} readOnly hidden />
      {errors.root?.message && (
        <p role="alert" className="text-bad">
          {errors.root.message}
        </p>
      )}
      <Field label={words.current} error={errors.currentPassword?.message}>
        {(control) => (
          <PasswordInput
            {...control}
            autoComplete="current-password"
            {...register("currentPassword", { required: words.currentMissing })}
          />
        )}
      </Field>
      <Field
        label={words.next}
        error={errors.newPassword?.message}
        hint={<NextHint password={next} />}
      >
        {(control) => (
          <PasswordInput
            {...control}
            autoComplete="new-password"
            {...register("newPassword", {
              validate: (password, { currentPassword }) => refusal(password, currentPassword),
            })}
          />
        )}
      </Field>
      <Button
        type="submit"
        variant="primary"
        className="justify-self-start"
        busy={isSubmitting}
        reason={offline}
      >
        {words.submit}
      </Button>
    </form>
  );
}

function NextHint({ password }: { password: string }) {
  const missing = PASSWORD_MIN - [...password.normalize("NFC")].length;
  if (password === "") return <>{words.nextHint(PASSWORD_MIN)}</>;
  if (missing > 0) return <>{words.tooShort(missing)}</>;
  return <>{words.strength(words.words[passwordStrength(password)])}</>;
}

/** What the server would refuse anyway, said before asking it. */
function refusal(password: string, current: string): string | true {
  const length = [...password.normalize("NFC")].length;
  if (length < PASSWORD_MIN) return words.tooShort(PASSWORD_MIN - length);
  if (length > PASSWORD_MAX) return words.tooLong(PASSWORD_MAX);
  return password === current ? words.same : true;
}

/** The server's problems beside their fields, anything else above the form. */
function problemsOf(failure: unknown): ["root" | (typeof FIELDS)[number], string][] {
  const found = fieldErrors(failure);
  const known = FIELDS.flatMap((field) => {
    const message = found[field];
    return message === undefined ? [] : [[field, message] as [typeof field, string]];
  });
  return known.length > 0 ? known : [["root", messageOf(failure)]];
}
