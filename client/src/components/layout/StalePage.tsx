import { RefreshCw } from "lucide-react";
import { Button } from "@/components/common/Button";
import { Notice } from "@/components/layout/Notice";
import { commonText } from "@/messages/common";
import { shellText } from "@/messages/shell";

/** The page's code is gone or out of reach. */
export function StalePage({ onRetry }: { onRetry: () => void }) {
  return (
    <Notice
      title={shellText.errors.staleTitle}
      body={shellText.errors.stale}
      icon={<RefreshCw />}
      actions={
        <>
          <Button variant="primary" onClick={() => window.location.reload()}>
            {shellText.update.reload}
          </Button>
          <Button onClick={onRetry}>{commonText.retry}</Button>
        </>
      }
    />
  );
}
