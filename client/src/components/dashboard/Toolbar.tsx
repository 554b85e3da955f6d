import { Pause, Play, RefreshCw } from "lucide-react";
import { Button } from "@/components/common/Button";
import { IconButton } from "@/components/common/IconButton";
import { Select } from "@/components/common/Select";
import { toast } from "@/components/common/toast";
import { useShortcut } from "@/hooks/useShortcut";
import { dashboardText } from "@/messages/dashboard";
import { useDashboard } from "@/store/dashboard";
import { type Frame, fits } from "./frame";
import { RangePicker } from "./RangePicker";
import { refreshAll } from "./refresh";
import { COMPARISONS, type Comparison, type Every, INTERVALS } from "./view";

const text = dashboardText;

async function refresh(): Promise<void> {
  const { refreshing, set } = useDashboard.getState();
  if (refreshing) return;
  set({ refreshing: true });
  const { done, failed } = await refreshAll();
  set({ refreshing: false });
  const id = "refresh";
  if (failed.length > 0) toast.error(text.refreshFailed(failed.join(", ")), { id });
  else toast.success(text.refreshed(done.length), { id });
}

/** What the page shows, and whether it moves. */
export function Toolbar({ frame }: { frame: Frame }) {
  return (
    <div
      role="toolbar"
      aria-label={text.toolbar}
      className="mb-4 flex flex-wrap items-center gap-2"
    >
      <RangePicker frame={frame} />
      <div className="flex flex-wrap items-center gap-2 max-sm:w-full sm:ms-auto">
        <Choices frame={frame} />
        <Updates />
      </div>
    </div>
  );
}

function Choices({ frame: { view, patch, span } }: { frame: Frame }) {
  const keys = Object.keys(COMPARISONS) as Comparison[];
  return (
    <>
      <Select
        aria-label={text.compare.label}
        className="w-44 max-sm:w-auto max-sm:grow"
        value={view.compare ?? ""}
        onChange={({ target }) => patch({ compare: keys.find((key) => key === target.value) })}
        options={[
          { value: "", label: text.compare.none },
          ...keys.map((value) => ({ value, label: text.compare[value] })),
        ]}
      />
      <Select
        aria-label={text.every.label}
        className="w-36 max-sm:w-auto max-sm:grow"
        value={view.every && fits(view.every, span) ? view.every : ""}
        onChange={({ target }) =>
          patch({ every: INTERVALS.find((every: Every) => every === target.value) })
        }
        options={[
          { value: "", label: text.every.AUTO },
          ...INTERVALS.filter((every) => fits(every, span)).map((value) => ({
            value,
            label: text.every[value],
          })),
        ]}
      />
    </>
  );
}

function Updates() {
  const { paused, refreshing, togglePaused } = useDashboard();
  useShortcut("shift+l", togglePaused, { label: text.shortcuts.pause });
  useShortcut("shift+r", () => void refresh(), { label: text.shortcuts.refresh });
  return (
    <>
      <Button
        aria-pressed={paused}
        aria-keyshortcuts="Shift+L"
        variant={paused ? "primary" : "secondary"}
        className="max-sm:grow"
        onClick={togglePaused}
      >
        {paused ? <Play aria-hidden /> : <Pause aria-hidden />}
        {paused ? text.resume : text.pause}
      </Button>
      <IconButton
        label={text.refresh}
        keys="shift+r"
        variant="secondary"
        busy={refreshing}
        icon={<RefreshCw />}
        onClick={() => void refresh()}
      />
    </>
  );
}
