import { Bell as BellIcon } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/common/IconButton";
import { lazyLayer } from "@/components/common/lazyLayer";
import { useNotifications } from "@/hooks/useNotifications";
import { dashboardText } from "@/messages/dashboard";

const NotificationsDrawer = lazyLayer(() =>
  import("./NotificationsDrawer").then((code) => code.NotificationsDrawer),
);
const text = dashboardText.notifications;

/** How much is unread, and the way to it. */
export function Bell() {
  const [open, setOpen] = useState(false);
  const inbox = useNotifications();
  const { unreadCount } = inbox;
  return (
    <>
      <span className="relative inline-flex">
        <IconButton
          label={text.bell(unreadCount)}
          icon={<BellIcon />}
          aria-haspopup="dialog"
          onClick={() => setOpen(true)}
        />
        {unreadCount > 0 && (
          <span
            aria-hidden
            data-fill
            className="pointer-events-none absolute -end-0.5 -top-0.5 min-w-4 rounded-full bg-bad px-1 text-center text-[0.625rem] leading-4 font-semibold text-on-bad"
          >
            {text.badge(unreadCount)}
          </span>
        )}
      </span>
      <NotificationsDrawer open={open} onOpenChange={setOpen} inbox={inbox} />
    </>
  );
}
