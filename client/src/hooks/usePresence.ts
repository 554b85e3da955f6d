import { useSyncExternalStore } from "react";
import { type PresenceSnapshot, presenceTopic } from "@/api/live/presence";

/** Who is online, who came last first; and what is known of anyone else. */
export function usePresence(): PresenceSnapshot {
  const topic = presenceTopic();
  return useSyncExternalStore(topic.subscribe, topic.getSnapshot);
}
