import { Sparkles } from "lucide-react";
import { useEffect } from "react";
import { Button } from "@/components/common/Button";
import { Banner } from "@/components/layout/Banner";
import { shellText } from "@/messages/shell";
import { onResumed } from "@/store/connection";
import { lookForUpdate, useUpdate } from "@/store/update";

const LOOK_EVERY_MS = 30 * 60_000;

/** Offers the newer version. Never reloads by itself: there may be a half-filled form. */
export function UpdateBanner() {
  const { available, dismiss } = useUpdate();
  useEffect(() => {
    const timer = setInterval(() => void lookForUpdate(), LOOK_EVERY_MS);
    // A server that was away may have come back as another one.
    const stop = onResumed(() => void lookForUpdate());
    return () => {
      clearInterval(timer);
      stop();
    };
  }, []);
  if (!available) return null;
  return (
    <Banner tone="accent" icon={<Sparkles />}>
      <span>{shellText.update.available}</span>
      <span className="flex gap-2">
        <Button size="sm" variant="primary" onClick={() => window.location.reload()}>
          {shellText.update.reload}
        </Button>
        <Button size="sm" variant="ghost" onClick={dismiss}>
          {shellText.update.later}
        </Button>
      </span>
    </Banner>
  );
}
