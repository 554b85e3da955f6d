import { ArrowUp } from "lucide-react";
import { Button } from "@/components/common/Button";
import { auditText } from "@/messages/audit";

interface NewEventsPillProps {
  count: number;
  /** There are more than could be counted. */
  more: boolean;
  onShow: () => void;
}

/** Rows never move under a reader: what came since waits here. */
export function NewEventsPill({ count, more, onShow }: NewEventsPillProps) {
  const waiting = count > 0 || more;
  return (
    <div
      role="status"
      className="pointer-events-none sticky top-[calc(var(--topbar)+8px)] z-10 flex h-0 justify-center"
    >
      {waiting && (
        <Button
          variant="primary"
          size="sm"
          className="pointer-events-auto animate-fade rounded-full shadow-overlay"
          onClick={onShow}
        >
          <ArrowUp aria-hidden />
          {auditText.newEvents(count, more)}
        </Button>
      )}
    </div>
  );
}
