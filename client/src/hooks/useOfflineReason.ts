import { shellText } from "@/messages/shell";
import { useConnection } from "@/store/connection";

/** Why nothing can be sent now: for a Button's `reason`, so that forms keep what was typed. */
export function useOfflineReason(): string | undefined {
  const offline = useConnection((connection) => connection.state === "offline");
  return offline ? shellText.connection.readOnly : undefined;
}
