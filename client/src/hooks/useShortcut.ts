import { useEffect, useRef } from "react";
import { registerShortcut } from "@/hooks/shortcuts";
import { shellText } from "@/messages/shell";

interface ShortcutOptions {
  /** What it does, for the list of shortcuts. */
  label: string;
  group?: string | undefined;
  /** Only while true; always unless given. */
  when?: boolean | undefined;
}

/** Binds keys while mounted. The latest handler is called without binding anew. */
export function useShortcut(
  keys: string,
  handler: (event: KeyboardEvent) => void,
  { label, group = shellText.shortcuts.thisPage, when = true }: ShortcutOptions,
): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    if (!when) return;
    return registerShortcut({ keys, label, group, handler: (event) => latest.current(event) });
  }, [keys, label, group, when]);
}
