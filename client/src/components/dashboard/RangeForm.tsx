import { type FormEvent, useState } from "react";
import { Button } from "@/components/common/Button";
import { Field } from "@/components/common/Field";
import { Input } from "@/components/common/Input";
import { dashboardText } from "@/messages/dashboard";
import {
  dayOf,
  isSpan,
  PRESETS,
  type Range,
  type Span,
  spanFromInputs,
  spanProblem,
} from "./range";
import { fromLocalInput, offsetLabel, toLocalInput } from "./zonedTime";

const text = dashboardText.range;

type Props = {
  range: Range;
  span: Span;
  zone: string;
  /** Presets are there already, beside the picker, on wide screens. */
  presets: boolean;
  onChoose(range: Range): void;
};

/** Up to now, a whole day, or from one moment to another, in the user's zone. */
export function RangeForm({ range, span, zone, presets, onChoose }: Props) {
  const last = isSpan(range) ? undefined : range.last;
  const day = toLocalInput(span.from, zone).slice(0, 10);
  const chooseDay = (value: string) => {
    const at = fromLocalInput(`${value}T12:00`, zone);
    if (!Number.isNaN(at)) onChoose(dayOf(at, zone));
  };
  return (
    <div className="grid gap-4">
      {presets && <Presets last={last} onChoose={onChoose} />}
      <DayForm day={day} onDay={chooseDay} />
      <SpanForm span={span} zone={zone} onChoose={onChoose} />
      <p className="text-caption text-subtle">{text.zone(zone, offsetLabel(span.from, zone))}</p>
    </div>
  );
}

type PresetProps = { last: string | undefined; onChoose(range: Range): void };

function Presets({ last, onChoose }: PresetProps) {
  return (
    <fieldset>
      <legend className="pb-1.5 text-table font-medium">{text.presets}</legend>
      <div className="grid grid-cols-3 gap-1.5">
        {PRESETS.map((preset) => (
          <Button
            key={preset}
            size="sm"
            aria-pressed={preset === last}
            variant={preset === last ? "primary" : "secondary"}
            onClick={() => onChoose({ last: preset })}
          >
            {preset}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}

function DayForm({ day, onDay }: { day: string; onDay(day: string): void }) {
  const [value, setValue] = useState(day);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onDay(value);
  };
  return (
    <form onSubmit={submit} className="flex items-end gap-2">
      <Field label={text.day} className="min-w-0 grow">
        {(control) => (
          <Input
            {...control}
            type="date"
            required
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit">{text.showDay}</Button>
    </form>
  );
}

type SpanProps = { span: Span; zone: string; onChoose(span: Span): void };

function SpanForm({ span, zone, onChoose }: SpanProps) {
  const [from, setFrom] = useState(toLocalInput(span.from, zone));
  const [to, setTo] = useState(toLocalInput(span.to, zone));
  const [problem, setProblem] = useState<ReturnType<typeof spanProblem>>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const typed = spanFromInputs(from, to, zone);
    const found = spanProblem(typed);
    setProblem(found);
    if (!found) onChoose(typed);
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-2">
      <Field label={text.from}>
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
        )}
      </Field>
      <Field label={text.to} error={problem && text[problem]}>
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            value={to}
            onChange={(event) => setTo(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" variant="primary">
        {text.apply}
      </Button>
    </form>
  );
}
