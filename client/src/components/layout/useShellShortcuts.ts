import { useEffect } from "react";
import { useNavigate } from "react-router-dom";
import { submitForm } from "@/components/common/submitForm";
import { useDestinations } from "@/components/layout/useDestinations";
import { registerShortcut } from "@/hooks/shortcuts";
import { useShortcut } from "@/hooks/useShortcut";
import { shellText } from "@/messages/shell";

const words = shellText.shortcuts;

interface Layers {
  openPalette: () => void;
  openShortcuts: () => void;
}

/** The keys that work on every page. */
export function useShellShortcuts({ openPalette, openShortcuts }: Layers): void {
  const navigate = useNavigate();
  const destinations = useDestinations();
  const group = words.everywhere;
  useShortcut("mod+k", openPalette, { label: words.palette, group });
  useShortcut("shift+?", openShortcuts, { label: words.sheet, group });
  useShortcut("mod+enter", submitFocused, { label: words.submit, group });
  useEffect(() => {
    const stops = destinations.flatMap(({ keys, label, to }) => {
      if (!keys) return [];
      const handler = () => navigate(to);
      return [registerShortcut({ keys, label: words.go(label), group: words.goTo, handler })];
    });
    return () => {
      for (const stop of stops) stop();
    };
  }, [destinations, navigate]);
}

function submitFocused(event: KeyboardEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  submitForm(target?.closest("form"));
}
