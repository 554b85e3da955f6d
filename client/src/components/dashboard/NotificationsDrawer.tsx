import { CheckCheck } from "lucide-react";
import { messageOf } from "@/api/errors";
import { Button } from "@/components/common/Button";
import { EmptyState } from "@/components/common/EmptyState";
import { ErrorState } from "@/components/common/ErrorState";
import { Sheet } from "@/components/common/Sheet";
import { Skeleton } from "@/components/common/Skeleton";
import { toast } from "@/components/common/toast";
import type { useNotifications } from "@/hooks/useNotifications";
import { dashboardText } from "@/messages/dashboard";
import { NotificationRow } from "./NotificationRow";

const text = dashboardText.notifications;

type Props = {
  open: boolean;
  onOpenChange(open: boolean): void;
  inbox: ReturnType<typeof useNotifications>;
};

/** The inbox beside the page: what came, newest first, live, and the same on every device. */
export function NotificationsDrawer({ open, onOpenChange, inbox }: Props) {
  const { items, unreadCount, loading, error } = inbox;
  const mark = (ids?: string[]) => {
    inbox
      .markRead(ids)
      .catch((problem: unknown) =>
        toast.error(text.failed, { description: messageOf(problem), id: "mark-read" }),
      );
  };
  const follow = (id: string, read: boolean) => {
    if (!read) mark([id]);
    onOpenChange(false);
  };
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={text.title}>
      <div className="mb-2 flex min-h-9 items-center justify-between gap-2">
        <p className="text-table text-muted">{text.unread(unreadCount)}</p>
        {unreadCount > 0 && (
          <Button size="sm" variant="ghost" onClick={() => mark()}>
            <CheckCheck aria-hidden />
            {text.markAll}
          </Button>
        )}
      </div>
      {error && <ErrorState error={error} />}
      {loading && !error && <Skeleton lines={8} />}
      {!loading && !error && items.length === 0 && <EmptyState title={text.empty} />}
      <ul className="-mx-5">
        {items.map((item) => (
          <NotificationRow
            key={item.id}
            item={item}
            onRead={() => mark([item.id])}
            onFollow={() => follow(item.id, item.read)}
          />
        ))}
      </ul>
    </Sheet>
  );
}
