import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { CreateKeyDialog } from "@/components/apiKeys/CreateKeyDialog";
import { KeyTable } from "@/components/apiKeys/KeyTable";
import { RevokeKeyDialog } from "@/components/apiKeys/RevokeKeyDialog";
import { Button } from "@/components/common/Button";
import { Card } from "@/components/common/Card";
import { Checkbox } from "@/components/common/Checkbox";
import { EmptyState } from "@/components/common/EmptyState";
import { ErrorState } from "@/components/common/ErrorState";
import { PageHeader } from "@/components/common/PageHeader";
import { Skeleton } from "@/components/common/Skeleton";
import { useApiKeys } from "@/hooks/useApiKeys";
import { apiKeysText } from "@/messages/apiKeys";
import type { ApiKey } from "@/types/apiKey";

export default function ApiKeysPage() {
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden />
      {apiKeysText.create}
    </Button>
  );
  return (
    <>
      <PageHeader title={apiKeysText.title} description={apiKeysText.intro} actions={create} />
      <KeyList onRevoke={setRevoking} />
      {creating && <CreateKeyDialog onClose={() => setCreating(false)} />}
      {revoking && <RevokeKeyDialog apiKey={revoking} onClose={() => setRevoking(null)} />}
    </>
  );
}

function KeyList({ onRevoke }: { onRevoke: (key: ApiKey) => void }) {
  const { data: keys, error, isPending, refetch } = useApiKeys();
  const [withRevoked, setWithRevoked] = useState(false);
  const revoked = keys?.filter((key) => key.revoked).length ?? 0;
  const shown = keys?.filter((key) => withRevoked || !key.revoked);
  return (
    <Card className="overflow-hidden p-0">
      {error && (
        <div className="px-4 py-2">
          <ErrorState error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {isPending && <Skeleton lines={4} className="p-4" />}
      {shown?.length === 0 && (
        <EmptyState
          icon={<KeyRound />}
          title={apiKeysText.emptyTitle}
          body={apiKeysText.emptyBody}
        />
      )}
      {shown && shown.length > 0 && <KeyTable keys={shown} onRevoke={onRevoke} />}
      {revoked > 0 && (
        <div className="border-t border-hairline px-3 py-2">
          <Checkbox
            label={apiKeysText.showRevoked(revoked)}
            checked={withRevoked}
            onCheckedChange={setWithRevoked}
          />
        </div>
      )}
    </Card>
  );
}
