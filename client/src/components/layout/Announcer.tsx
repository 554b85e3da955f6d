import { useEffect, useRef, useState } from "react";
import { formatDuration } from "@/components/common/format";
import { toast } from "@/components/common/toast";
import { VisuallyHidden } from "@/components/common/VisuallyHidden";
import { shellText } from "@/messages/shell";
import { type ConnectionStatus, onResumed, useConnection } from "@/store/connection";

const QUIET_MS = 10_000;
const WORTH_A_TOAST_MS = 5000;

const spoken: Record<ConnectionStatus, string> = {
  live: shellText.connection.live,
  connecting: "",
  stale: shellText.connection.lost,
  reconnecting: shellText.connection.lost,
  offline: shellText.connection.unreachable,
};

/** Tells screen readers of the connection, at most every ten seconds, and everybody when it is back. */
export function Announcer() {
  const state = useConnection((connection) => connection.state);
  const [words, setWords] = useState("");
  const spokenAt = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, spokenAt.current + QUIET_MS - Date.now());
    // The first "Live" is no news.
    if (spokenAt.current === 0 && (state === "live" || state === "connecting")) return;
    const timer = setTimeout(() => {
      spokenAt.current = Date.now();
      setWords(spoken[state]);
    }, wait);
    return () => clearTimeout(timer);
  }, [state]);
  useEffect(
    () =>
      onResumed(({ from, to }) => {
        if (to - from < WORTH_A_TOAST_MS) return;
        toast.success(shellText.connection.back(formatDuration(to - from)), { id: "resumed" });
      }),
    [],
  );
  return <VisuallyHidden role="status">{words}</VisuallyHidden>;
}
