import { useEffect, useState } from "react";
import { useUi } from "@/store/ui";

const SHOWN_MS = 3000;

type Change = Parameters<ReturnType<typeof useUi.getState>["set"]>[0];

/** Changes a preference and says so for a moment. */
export function useSavedMark(): [saved: boolean, change: (patch: Change) => void] {
  const set = useUi((ui) => ui.set);
  const [savedAt, setSavedAt] = useState(0);
  useEffect(() => {
    if (savedAt === 0) return;
    const timer = setTimeout(() => setSavedAt(0), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [savedAt]);
  const change = (patch: Change) => {
    set(patch);
    setSavedAt(Date.now());
  };
  return [savedAt > 0, change];
}
