import { ArrowDown, ArrowRight, ArrowUp } from "lucide-react";
import { cn } from "@/components/common/cn";
import { formatPercent } from "@/components/common/format";
import { TimeText } from "@/components/common/TimeText";
import { VisuallyHidden } from "@/components/common/VisuallyHidden";
import { dashboardText } from "@/messages/dashboard";
import type { Card, Change } from "./figures";
import { Sparkline } from "./Sparkline";
import { useChangeTint } from "./useChangeTint";

const text = dashboardText.figures;
const ARROWS = { up: ArrowUp, down: ArrowDown, same: ArrowRight };

type Props = {
  card: Card;
  selected: boolean;
  updatedAt: number | undefined;
  stale: boolean;
  onSelect(): void;
};

/** One figure. Pressing it puts its history on the large chart. */
export function StatCard({ card, selected, updatedAt, stale, onSelect }: Props) {
  const tinted = useChangeTint(card.value);
  return (
    <button
      type="button"
      aria-pressed={selected}
      onClick={onSelect}
      className={cn(
        "group/panel relative flex min-w-0 flex-col items-stretch gap-2 rounded-card border border-hairline bg-card p-(--pad) text-start transition-colors duration-120 hover:border-control",
        selected && "border-accent hover:border-accent",
      )}
    >
      <span className="truncate text-table font-medium text-muted">{card.label}</span>
      <span ref={tinted} className="-mx-1 grid rounded-control px-1">
        <span className={cn("text-stat whitespace-nowrap", stale ? "text-muted" : "text-text")}>
          {card.text}
          {card.unit && <span className="text-body font-normal text-muted"> {card.unit}</span>}
        </span>
        {/* Room for it in every card: figures get longer and shorter while one looks on. */}
        <span className="h-4">
          <Delta change={card.change} before={card.before} />
        </span>
      </span>
      <span className="mt-auto block">
        <Sparkline values={card.history} />
      </span>
      <span className="relative block h-4 text-caption text-subtle">
        <span
          title={card.of}
          className="block truncate group-hover/panel:opacity-0 group-focus-visible/panel:opacity-0"
        >
          {[card.note, card.of].filter(Boolean).join(", ")}
        </span>
        {updatedAt !== undefined && (
          <span className="absolute inset-0 truncate opacity-0 group-hover/panel:opacity-100 group-focus-visible/panel:opacity-100">
            {text.updatedWord} <TimeText at={updatedAt} mode="relative" />
          </span>
        )}
      </span>
    </button>
  );
}

function Delta({ change, before }: { change: Change | undefined; before: string | undefined }) {
  if (!change) return null;
  const Arrow = ARROWS[change.direction];
  const tone = change.good === undefined ? "text-muted" : change.good ? "text-ok" : "text-bad";
  return (
    <span title={before} className={cn("flex items-center gap-0.5 text-caption", tone)}>
      <Arrow aria-hidden className="size-3" />
      <VisuallyHidden>{text[change.direction]} </VisuallyHidden>
      {formatPercent(Math.abs(change.percent))}
    </span>
  );
}
