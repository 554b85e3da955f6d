import { AlertDialog as Radix } from "radix-ui";
import { type FormEvent, useEffect, useState } from "react";
import { messageOf } from "@/api/errors";
import { Button } from "@/components/common/Button";
import type { ConfirmDialogProps } from "@/components/common/ConfirmDialog";
import { Field } from "@/components/common/Field";
import { Input } from "@/components/common/Input";
import { scrimClass } from "@/components/common/overlayClass";
import { useDialogFocus } from "@/components/common/useDialogFocus";
import { useOfflineReason } from "@/hooks/useOfflineReason";
import { commonText } from "@/messages/common";

/** What ConfirmDialog is, fetched when one is opened. */
export function ConfirmLayer(props: ConfirmDialogProps) {
  const focus = useDialogFocus({ first: props.typed !== undefined });
  return (
    <Radix.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={scrimClass} />
        <Radix.Content
          {...focus}
          className="outline-none fixed inset-x-3 top-1/2 z-50 mx-auto max-h-[calc(100dvh-24px)] max-w-md -translate-y-1/2 animate-rise overflow-y-auto rounded-card border border-hairline bg-card p-5 shadow-overlay"
        >
          <Radix.Title className="text-section">{props.title}</Radix.Title>
          <Radix.Description asChild>
            <div className="mt-1 text-muted">{props.body}</div>
          </Radix.Description>
          <ConfirmForm {...props} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function ConfirmForm(props: ConfirmDialogProps) {
  const { open, onOpenChange, confirmLabel, danger, typed, onConfirm } = props;
  const [word, setWord] = useState("");
  const { busy, error, run } = usePending(open, onConfirm, () => onOpenChange(false));
  const offline = useOfflineReason();
  const missing = typed !== undefined && word.trim() !== typed;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!missing && !busy) void run();
  };
  return (
    <form onSubmit={submit} className="mt-4 grid gap-4">
      {typed !== undefined && (
        <Field label={commonText.typeToConfirm(typed)}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              spellCheck={false}
              value={word}
              onChange={(event) => setWord(event.target.value)}
            />
          )}
        </Field>
      )}
      {error !== null && (
        <p role="alert" className="text-bad">
          {messageOf(error)}
        </p>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Radix.Cancel asChild>
          <Button>{commonText.cancel}</Button>
        </Radix.Cancel>
        <Button
          type="submit"
          variant={danger ? "danger" : "primary"}
          busy={busy}
          reason={props.local ? undefined : offline}
          disabled={missing}
        >
          {confirmLabel}
        </Button>
      </div>
    </form>
  );
}

function usePending(open: boolean, action: () => unknown, done: () => void) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    if (open) setError(null);
  }, [open]);
  const run = async () => {
    setBusy(true);
    setError(null);
    try {
      await action();
      done();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, run };
}
