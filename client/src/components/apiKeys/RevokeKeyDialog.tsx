import { ConfirmDialog } from "@/components/common/ConfirmDialog";
import { toast } from "@/components/common/toast";
import { useRevokeApiKey } from "@/hooks/useApiKeys";
import { apiKeysText } from "@/messages/apiKeys";
import type { ApiKey } from "@/types/apiKey";

interface RevokeKeyDialogProps {
  apiKey: ApiKey;
  onClose: () => void;
}

export function RevokeKeyDialog({ apiKey, onClose }: RevokeKeyDialogProps) {
  const revoke = useRevokeApiKey();
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={apiKeysText.revokeTitle(apiKey.name)}
      body={apiKeysText.revokeBody}
      confirmLabel={apiKeysText.revoke}
      danger
      onConfirm={async () => {
        await revoke.mutateAsync({ id: apiKey.id });
        toast.success(apiKeysText.revokeDone(apiKey.name));
      }}
    />
  );
}
