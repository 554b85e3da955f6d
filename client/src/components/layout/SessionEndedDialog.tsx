import { AlertDialog } from "radix-ui";
import { type FormEvent, useState } from "react";
import { messageOf } from "@/api/errors";
import { Button } from "@/components/common/Button";
import { Field } from "@/components/common/Field";
import { scrimClass } from "@/components/common/overlayClass";
import { PasswordInput } from "@/components/common/PasswordInput";
import { useDialogFocus } from "@/components/common/useDialogFocus";
import { useOfflineReason } from "@/hooks/useOfflineReason";
import { shellText } from "@/messages/shell";
import { signInText } from "@/messages/signIn";
import { useAuth } from "@/store/auth";

/** Signing in again in place: the page behind stays as it is, with whatever was typed. */
export function SessionEndedDialog({ open }: { open: boolean }) {
  const focus = useDialogFocus();
  const email = useAuth((auth) => auth.user?.email ?? "");
  return (
    <AlertDialog.Root open={open}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={`${scrimClass} z-60`} />
        <AlertDialog.Content
          {...focus}
          onEscapeKeyDown={(event) => event.preventDefault()}
          className="outline-none fixed inset-x-3 top-1/2 z-70 mx-auto max-w-sm -translate-y-1/2 animate-rise rounded-card border border-hairline bg-card p-5 shadow-overlay"
        >
          <AlertDialog.Title className="text-section">{shellText.ended.title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-1 text-muted">
            {shellText.ended.body(email)}
          </AlertDialog.Description>
          <SignInAgain />
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

function SignInAgain() {
  const { user, login, logout } = useAuth();
  const [password, setPassword] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const email = user?.email ?? "";
  const offline = useOfflineReason();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      await login({ email, password });
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="mt-4 grid gap-4">
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <Field label={signInText.password} error={error === null ? undefined : messageOf(error)}>
        {(control) => (
          <PasswordInput
            {...control}
            required
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap justify-between gap-2">
        <Button variant="ghost" onClick={() => void logout()}>
          {shellText.ended.other}
        </Button>
        <Button type="submit" variant="primary" busy={busy} reason={offline}>
          {signInText.submit}
        </Button>
      </div>
    </form>
  );
}
