import { CalendarClock } from "lucide-react";
import { Button } from "@/components/common/Button";
import { cn } from "@/components/common/cn";
import { Popover } from "@/components/common/Popover";
import { Sheet } from "@/components/common/Sheet";
import { VisuallyHidden } from "@/components/common/VisuallyHidden";
import { useMediaQuery } from "@/hooks/useMediaQuery";
import { useShortcut } from "@/hooks/useShortcut";
import { dashboardText } from "@/messages/dashboard";
import { useDashboard } from "@/store/dashboard";
import type { Frame } from "./frame";
import { RangeForm } from "./RangeForm";
import { isSpan, PRESETS, type Range } from "./range";
import { rangeLabel } from "./rangeLabel";
import { offsetLabel } from "./zonedTime";

const text = dashboardText.range;

/** The range of the whole page: presets at hand, everything else in a popover, a sheet on phones. */
export function RangePicker({ frame }: { frame: Frame }) {
  const { view, patch, span, clock } = frame;
  const open = useDashboard((state) => state.choosing);
  const set = useDashboard((state) => state.set);
  const narrow = useMediaQuery("(width < 40rem)");
  const setOpen = (choosing: boolean) => set({ choosing });
  useShortcut("shift+p", () => setOpen(true), { label: dashboardText.shortcuts.range });
  const choose = (range: Range) => {
    setOpen(false);
    patch({ range, zoom: undefined });
  };
  const label = rangeLabel(view.range, clock.zone, clock.hour12);
  const form = (
    <RangeForm
      presets={narrow}
      range={view.range}
      {...{ span }}
      zone={clock.zone}
      onChoose={choose}
    />
  );
  const trigger = (
    <Button
      aria-keyshortcuts="Shift+P"
      className="max-sm:grow"
      onClick={narrow ? () => setOpen(true) : undefined}
    >
      <CalendarClock aria-hidden />
      <VisuallyHidden>{text.open}: </VisuallyHidden>
      <span className="truncate">{label}</span>
      <span className="font-normal text-subtle">{offsetLabel(span.to, clock.zone)}</span>
    </Button>
  );
  return (
    <>
      {!narrow && <Presets range={view.range} onChoose={choose} />}
      {narrow ? (
        <>
          {trigger}
          <Sheet open={open} onOpenChange={setOpen} title={text.open}>
            {form}
          </Sheet>
        </>
      ) : (
        <Popover
          label={text.open}
          open={open}
          onOpenChange={setOpen}
          trigger={trigger}
          className="w-76"
        >
          {form}
        </Popover>
      )}
    </>
  );
}

function Presets({ range, onChoose }: { range: Range; onChoose(range: Range): void }) {
  const last = isSpan(range) ? undefined : range.last;
  return (
    <fieldset className="flex rounded-control border border-control bg-card p-0.5">
      <legend className="sr-only">{text.presets}</legend>
      {PRESETS.map((preset) => (
        <button
          key={preset}
          type="button"
          aria-pressed={preset === last}
          aria-label={`${preset}: ${text.last(preset)}`}
          onClick={() => onChoose({ last: preset })}
          className={cn(
            "h-[calc(var(--control-md)-6px)] min-w-9 rounded-[4px] px-2 text-table font-medium text-muted hover:text-text",
            preset === last && "bg-accent-soft text-accent hover:text-accent",
          )}
        >
          {preset}
        </button>
      ))}
    </fieldset>
  );
}
