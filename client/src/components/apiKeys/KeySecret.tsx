import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/common/Button";
import { ConfirmDialog } from "@/components/common/ConfirmDialog";
import { CopyButton } from "@/components/common/CopyButton";
import { Dialog } from "@/components/common/Dialog";
import { apiKeysText } from "@/messages/apiKeys";

interface KeySecretProps {
  name: string;
  secret: string;
  onClose: () => void;
}

/** Closes by its button; a slip of Escape or of the mouse is asked about first. */
export function KeySecret({ name, secret, onClose }: KeySecretProps) {
  const [asking, setAsking] = useState(false);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && setAsking(true)}
      title={apiKeysText.secretTitle}
      description={apiKeysText.secretOf(name)}
      footer={
        <Button variant="primary" onClick={onClose}>
          {apiKeysText.done}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="flex items-center gap-2 rounded-control border border-hairline bg-sunken py-1 ps-3 pe-1">
          <code className="min-w-0 grow font-mono text-table break-all select-all">{secret}</code>
          <CopyButton text={secret} label={apiKeysText.copySecret} />
        </div>
        <p className="flex items-start gap-2 rounded-control bg-warn-soft px-3 py-2 text-table text-warn">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {apiKeysText.secretWarning}
        </p>
        <div className="text-table text-muted">
          <p>{apiKeysText.usage}</p>
          <code className="font-mono text-caption break-all">{apiKeysText.header}</code>
        </div>
      </div>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={apiKeysText.leaveTitle}
        body={apiKeysText.leaveBody}
        confirmLabel={apiKeysText.leave}
        danger
        local
        onConfirm={onClose}
      />
    </Dialog>
  );
}
