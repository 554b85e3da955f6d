import { CloudOff, WifiOff } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/common/Button";
import { Banner } from "@/components/layout/Banner";
import { connectionWords, nextTryWords } from "@/components/layout/connectionWords";
import { useNow } from "@/hooks/useNow";
import { shellText } from "@/messages/shell";
import { useConnection } from "@/store/connection";

const BANNER_AFTER_MS = 5000;

/** Only what lasts is worth a banner: short losses show in the status alone. */
export function ConnectionBanner() {
  const state = useConnection((connection) => connection.state);
  const lost = state === "reconnecting" || state === "offline";
  const lasting = useLasting(lost && state !== "offline", BANNER_AFTER_MS);
  if (state === "offline") return <LostBanner offline />;
  return lasting ? <LostBanner offline={false} /> : null;
}

function LostBanner({ offline }: { offline: boolean }) {
  const connection = useConnection();
  const now = useNow();
  const words = shellText.connection;
  const browserOffline = offline && !navigator.onLine;
  const text = browserOffline ? words.readOnly : offline ? words.unreachable : words.lost;
  return (
    <Banner tone={offline ? "neutral" : "warn"} icon={browserOffline ? <WifiOff /> : <CloudOff />}>
      <span>{text}</span>
      {!browserOffline && (
        <span className="flex items-center gap-2 text-muted">
          {!offline && connectionWords(connection, now)} {nextTryWords(connection.nextTryAt, now)}
          <Button size="sm" onClick={connection.retryNow}>
            {words.retryNow}
          </Button>
        </span>
      )}
    </Banner>
  );
}

/** True once `active` has held for `afterMs`. */
function useLasting(active: boolean, afterMs: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!active) return;
    const timer = setTimeout(() => setLasting(true), afterMs);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [active, afterMs]);
  return active && lasting;
}
