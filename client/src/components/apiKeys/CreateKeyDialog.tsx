import { type FormEvent, useId, useState } from "react";
import { fieldErrors, messageOf } from "@/api/errors";
import type { CreateApiKeyMutation } from "@/api/gql/graphql";
import { Button } from "@/components/common/Button";
import { Dialog } from "@/components/common/Dialog";
import { Field } from "@/components/common/Field";
import { Input } from "@/components/common/Input";
import { useCreateApiKey } from "@/hooks/useApiKeys";
import { useOfflineReason } from "@/hooks/useOfflineReason";
import { apiKeysText } from "@/messages/apiKeys";
import { KeySecret } from "./KeySecret";

const NAME_MAX = 100;

interface CreateKeyDialogProps {
  onClose: () => void;
}

/** Names a key, then shows its secret: the one time there is. */
export function CreateKeyDialog({ onClose }: CreateKeyDialogProps) {
  // Held here and nowhere else: gone with the dialog.
  const [made, setMade] = useState<CreateApiKeyMutation["createApiKey"] | null>(null);
  if (made) return <KeySecret name={made.apiKey.name} secret={made.secret} onClose={onClose} />;
  return <NameDialog onClose={onClose} onMade={setMade} />;
}

interface NameDialogProps extends CreateKeyDialogProps {
  onMade: (made: CreateApiKeyMutation["createApiKey"]) => void;
}

function NameDialog({ onClose, onMade }: NameDialogProps) {
  const formId = useId();
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<string>();
  const create = useCreateApiKey();
  const offline = useOfflineReason();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim() === "") return setProblem(apiKeysText.nameEmpty);
    create.mutate(
      { name: name.trim() },
      {
        onSuccess: ({ createApiKey }) => onMade(createApiKey),
        onError: (error) => setProblem(fieldErrors(error).name ?? messageOf(error)),
      },
    );
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={apiKeysText.createTitle}
      description={apiKeysText.createBody}
      footer={
        <>
          <Button onClick={onClose}>{apiKeysText.cancel}</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            busy={create.isPending}
            reason={offline}
          >
            {apiKeysText.createAction}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit}>
        <Field label={apiKeysText.name} hint={apiKeysText.nameHint} error={problem}>
          {(field) => (
            <Input
              {...field}
              value={name}
              maxLength={NAME_MAX}
              autoComplete="off"
              onChange={(event) => {
                setName(event.target.value);
                setProblem(undefined);
              }}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
