import { History } from "lucide-react";
import { Button } from "@/components/common/Button";
import { useShortcut } from "@/hooks/useShortcut";
import { dashboardText as text } from "@/messages/dashboard";
import type { Frame } from "./frame";
import { DEFAULT_RANGE, isSpan } from "./range";
import { isLive } from "./view";

/** Says that what is shown does not move, and leads back to what does. */
export function PastChip({ frame: { view, patch } }: { frame: Frame }) {
  useShortcut("escape", () => patch({ zoom: undefined }), {
    label: text.shortcuts.unzoom,
    when: view.zoom !== undefined,
  });
  if (isLive(view)) return null;
  const range = isSpan(view.range) ? DEFAULT_RANGE : view.range;
  return (
    <span
      data-fill
      className="inline-flex h-(--control-md) items-center gap-2 rounded-control bg-warn-soft ps-3 text-table text-warn"
    >
      <History aria-hidden className="size-4" />
      {text.viewingPast}
      <Button
        variant="ghost"
        className="h-full px-3 text-table text-warn underline-offset-2 hover:bg-transparent hover:text-warn hover:underline"
        onClick={() => patch({ range, zoom: undefined })}
      >
        {text.returnToLive}
      </Button>
    </span>
  );
}
