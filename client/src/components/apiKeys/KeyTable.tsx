import { Link } from "react-router-dom";
import { Badge } from "@/components/common/Badge";
import { Button } from "@/components/common/Button";
import { Table } from "@/components/common/Table";
import { Td } from "@/components/common/Td";
import { Th } from "@/components/common/Th";
import { TimeText } from "@/components/common/TimeText";
import { Tr } from "@/components/common/Tr";
import { VisuallyHidden } from "@/components/common/VisuallyHidden";
import { apiKeysText } from "@/messages/apiKeys";
import type { ApiKey } from "@/types/apiKey";

const { columns } = apiKeysText;

interface KeyTableProps {
  keys: readonly ApiKey[];
  onRevoke: (key: ApiKey) => void;
}

export function KeyTable({ keys, onRevoke }: KeyTableProps) {
  return (
    <Table label={apiKeysText.title}>
      <thead>
        <tr>
          <Th>{columns.name}</Th>
          <Th>{columns.key}</Th>
          <Th>{columns.created}</Th>
          <Th>{columns.lastUsed}</Th>
          <Th>{columns.status}</Th>
          <Th>
            <VisuallyHidden>{columns.actions}</VisuallyHidden>
          </Th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <KeyRow key={key.id} apiKey={key} onRevoke={onRevoke} />
        ))}
      </tbody>
    </Table>
  );
}

interface KeyRowProps {
  apiKey: ApiKey;
  onRevoke: (key: ApiKey) => void;
}

function KeyRow({ apiKey, onRevoke }: KeyRowProps) {
  const { name, hint, createdAt, createdBy, lastUsedAt, revoked } = apiKey;
  return (
    <Tr>
      <Td className="max-w-80 font-medium break-words max-sm:justify-start max-sm:text-start">
        {name}
      </Td>
      <Td label={columns.key} className="font-mono whitespace-nowrap text-muted">
        {apiKeysText.hint(hint)}
      </Td>
      <Td label={columns.created}>
        <span className="inline-flex flex-col whitespace-nowrap max-sm:items-end">
          <TimeText at={createdAt} mode="absolute" />
          <span className="text-caption text-subtle">
            {createdBy ? (
              <Link to={`/users/${createdBy.id}`} className="hover:underline">
                {apiKeysText.by(createdBy.name)}
              </Link>
            ) : (
              apiKeysText.byNobody
            )}
          </span>
        </span>
      </Td>
      <Td label={columns.lastUsed} className="whitespace-nowrap text-muted">
        {lastUsedAt === null ? apiKeysText.never : <TimeText at={lastUsedAt} mode="relative" />}
      </Td>
      <Td label={columns.status}>
        <Badge tone={revoked ? "neutral" : "ok"}>
          {revoked ? apiKeysText.revoked : apiKeysText.active}
        </Badge>
      </Td>
      <Td className="text-end max-sm:justify-end">
        {!revoked && (
          <Button
            size="sm"
            aria-label={apiKeysText.revokeLabel(name)}
            onClick={() => onRevoke(apiKey)}
          >
            {apiKeysText.revoke}
          </Button>
        )}
      </Td>
    </Tr>
  );
}
