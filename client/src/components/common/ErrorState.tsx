import { CircleAlert, RotateCw } from "lucide-react";
import { ApiError, messageOf } from "@/api/errors";
import { Button } from "@/components/common/Button";
import { CopyButton } from "@/components/common/CopyButton";
import { commonText } from "@/messages/common";

interface ErrorStateProps {
  error: unknown;
  onRetry?: (() => void) | undefined;
}

/** What failed, in words, with the id support asks for. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const requestId = error instanceof ApiError ? error.requestId : undefined;
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1">
      <CircleAlert aria-hidden className="size-4 shrink-0 text-bad" />
      <div className="min-w-0 flex-[1_1_10rem]">
        <p className="text-table text-text">{messageOf(error)}</p>
        {requestId && (
          <p className="flex min-w-0 items-center gap-1 text-caption text-subtle">
            <span className="truncate" title={requestId}>
              {commonText.requestId} <code className="font-mono">{requestId}</code>
            </span>
            <CopyButton text={requestId} label={commonText.copyRequestId} />
          </p>
        )}
      </div>
      {onRetry && (
        <Button size="sm" onClick={onRetry}>
          <RotateCw aria-hidden />
          {commonText.retry}
        </Button>
      )}
    </div>
  );
}
