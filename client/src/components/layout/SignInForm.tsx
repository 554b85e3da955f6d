import { CircleAlert } from "lucide-react";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { ApiError, messageOf } from "@/api/errors";
import { Button } from "@/components/common/Button";
import { Field } from "@/components/common/Field";
import { Input } from "@/components/common/Input";
import { PasswordInput } from "@/components/common/PasswordInput";
import { useCountdown } from "@/hooks/useCountdown";
import { useOfflineReason } from "@/hooks/useOfflineReason";
import { signInText } from "@/messages/signIn";
import { useAuth } from "@/store/auth";
import type { Credentials } from "@/types/api";

const EMAIL = /^\S+@\S+$/;

/** Says that something is wrong, never which of the two. */
export function SignInForm() {
  const { user, login } = useAuth();
  const [error, setError] = useState<unknown>(null);
  const [waitS, startWaiting] = useCountdown();
  const offline = useOfflineReason();
  const { register, handleSubmit, formState, setFocus, resetField } = useForm<Credentials>({
    defaultValues: { email: user?.email ?? "", password: "" },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (credentials) => {
    setError(null);
    try {
      await login(credentials);
    } catch (failure) {
      setError(failure);
      if (failure instanceof ApiError && failure.retryAfterS) startWaiting(failure.retryAfterS);
      if (failure instanceof ApiError && failure.code === "INVALID_CREDENTIALS") {
        resetField("password");
        setFocus("password");
      }
    }
  });
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="grid gap-4">
      <Alert error={error} waitS={waitS} />
      <Field label={signInText.email} error={errors.email?.message}>
        {(control) => (
          <Input
            {...control}
            type="email"
            inputMode="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            {...register("email", {
              required: signInText.emailMissing,
              pattern: { value: EMAIL, message: signInText.emailWrong },
            })}
          />
        )}
      </Field>
      <Field label={signInText.password} error={errors.password?.message}>
        {(control) => (
          <PasswordInput
            {...control}
            autoComplete="current-password"
            {...register("password", { required: signInText.passwordMissing })}
          />
        )}
      </Field>
      <Button
        type="submit"
        variant="primary"
        className="w-full"
        busy={isSubmitting}
        reason={offline}
        disabled={waitS > 0}
      >
        {waitS > 0 ? signInText.waiting(waitS) : signInText.submit}
      </Button>
    </form>
  );
}

function Alert({ error, waitS }: { error: unknown; waitS: number }) {
  const limited = error instanceof ApiError && error.code === "RATE_LIMITED";
  // Told once: the seconds that pass are on the button, where nobody has to hear them.
  const words = limited ? signInText.limited : messageOf(error);
  if (error === null || (limited && waitS === 0)) return null;
  return (
    <p
      role="alert"
      data-fill
      className="flex items-start gap-2 rounded-control bg-bad-soft px-3 py-2 text-bad"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      {words}
    </p>
  );
}
