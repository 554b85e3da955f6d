import { Check, Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/common/Button";
import { cn } from "@/components/common/cn";
import { Input } from "@/components/common/Input";
import { Popover } from "@/components/common/Popover";
import { dashboardText } from "@/messages/dashboard";
import { type MetricName, matching } from "./metricNames";
import { MAX_METRICS } from "./view";

const text = dashboardText.metrics;

type Props = { names: MetricName[]; chosen: string[]; onChange(chosen: string[]): void };

/** Finds a recorded metric by name and gives it a panel, or takes it away. */
export function MetricChooser({ names, chosen, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState("");
  const found = matching(names, search);
  const full = chosen.length >= MAX_METRICS;
  const toggle = (name: string) =>
    onChange(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name]);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={text.add}
      align="end"
      className="w-80"
      trigger={
        <Button>
          <Plus aria-hidden />
          {text.add}
        </Button>
      }
    >
      <Input
        type="search"
        aria-label={text.search}
        placeholder={text.search}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {full && <p className="pt-2 text-caption text-warn">{text.most(MAX_METRICS)}</p>}
      {found.length === 0 && <p className="py-3 text-table text-muted">{text.none}</p>}
      <ul aria-label={text.list} className="mt-2 max-h-72 overflow-y-auto">
        {found.map((metric) => (
          <li key={metric.name}>
            <Choice
              metric={metric}
              chosen={chosen.includes(metric.name)}
              disabled={full && !chosen.includes(metric.name)}
              onToggle={() => toggle(metric.name)}
            />
          </li>
        ))}
      </ul>
    </Popover>
  );
}

type ChoiceProps = { metric: MetricName; chosen: boolean; disabled: boolean; onToggle(): void };

function Choice({ metric, chosen, disabled, onToggle }: ChoiceProps) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      disabled={disabled}
      onClick={onToggle}
      className={cn(
        "flex min-h-8 w-full items-center gap-2 rounded-control px-2 py-1 text-start text-table hover:bg-sunken disabled:opacity-50 pointer-coarse:min-h-11",
        chosen && "font-medium text-accent",
      )}
    >
      <Check aria-hidden className={cn("size-4 shrink-0", !chosen && "invisible")} />
      <span className="min-w-0 truncate">{metric.name}</span>
      <span className="ms-auto shrink-0 text-caption font-normal text-subtle">
        {[text.kinds[metric.kind], metric.unit].filter(Boolean).join(", ")}
      </span>
    </button>
  );
}
