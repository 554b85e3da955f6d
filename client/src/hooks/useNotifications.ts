import { useSyncExternalStore } from "react";
import { type InboxSnapshot, markRead, notificationsTopic } from "@/api/live/notifications";

/** The inbox, and how to mark some of it, or all, as read. */
export function useNotifications(): InboxSnapshot & { markRead: typeof markRead } {
  const topic = notificationsTopic();
  const inbox = useSyncExternalStore(topic.subscribe, topic.getSnapshot);
  return { ...inbox, markRead };
}
