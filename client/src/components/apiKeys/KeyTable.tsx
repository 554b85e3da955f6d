import { Link } from "react-router-dom";
import { Badge } from "@/components/common/Badge";
import { Button } from "@/components/common/Button";
import { HeadRow } from "@/components/common/HeadRow";
import { NotedTime } from "@/components/common/NotedTime";
import { Table } from "@/components/common/Table";
import { Td } from "@/components/common/Td";
import { TimeText } from "@/components/common/TimeText";
import { Tr } from "@/components/common/Tr";
import { apiKeysText } from "@/messages/apiKeys";
import type { ApiKey } from "@/types/apiKey";

const { columns } = apiKeysText;
const shown = [columns.name, columns.key, columns.created, columns.lastUsed, columns.status];

interface KeyTableProps {
  keys: readonly ApiKey[];
  onRevoke: (key: ApiKey) => void;
}

export function KeyTable({ keys, onRevoke }: KeyTableProps) {
  return (
    <Table label={apiKeysText.title}>
      <HeadRow columns={shown} actions={columns.actions} />
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
        <NotedTime at={createdAt}>
          {createdBy ? (
            <Link to={`/users/${createdBy.id}`} className="hover:underline">
              {apiKeysText.by(createdBy.name)}
            </Link>
          ) : (
            apiKeysText.byNobody
          )}
        </NotedTime>
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
