import { RANGES } from "@/components/audit/auditView";
import { Field } from "@/components/common/Field";
import { zoneOffset } from "@/components/common/format";
import { Input } from "@/components/common/Input";
import { Select } from "@/components/common/Select";
import { DAY_MS } from "@/components/dashboard/range";
import { fromLocalInput, toLocalInput } from "@/components/dashboard/zonedTime";
import { auditText } from "@/messages/audit";

export interface RangeChoice {
  range: (typeof RANGES)[number] | null;
  from: number | null;
  to: number | null;
}

interface RangeFieldsProps extends RangeChoice {
  zone: string;
  onChoose: (choice: RangeChoice) => void;
}

const CUSTOM = "custom";
const options = [
  ...["", ...RANGES].map((value) => ({ value, label: auditText.ranges[value] ?? value })),
  { value: CUSTOM, label: auditText.custom },
];

export function RangeSelect({ range, from, to, onChoose }: RangeFieldsProps) {
  const custom = range === null && (from !== null || to !== null);
  const choose = (value: string) => {
    const now = Date.now();
    if (value === CUSTOM) onChoose({ range: null, from: now - DAY_MS, to: null });
    else onChoose({ range: RANGES.find((one) => one === value) ?? null, from: null, to: null });
  };
  return (
    <Field label={auditText.range}>
      {(control) => (
        <Select
          {...control}
          options={options}
          value={custom ? CUSTOM : (range ?? "")}
          onChange={(event) => choose(event.target.value)}
        />
      )}
    </Field>
  );
}

/** Both ends, in the zone of the settings; an empty one is open. */
export function CustomRange({ range, from, to, zone, onChoose }: RangeFieldsProps) {
  if (range !== null || (from === null && to === null)) return null;
  const wrong = from !== null && to !== null && from >= to;
  const read = (text: string) => {
    const at = fromLocalInput(text, zone);
    return Number.isNaN(at) ? null : at;
  };
  return (
    <>
      <Field
        className="col-span-2"
        label={auditText.from}
        hint={auditText.zone(zoneOffset(zone, from ?? Date.now()))}
      >
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            value={from === null ? "" : toLocalInput(from, zone)}
            onChange={(event) => onChoose({ range, from: read(event.target.value), to })}
          />
        )}
      </Field>
      <Field
        className="col-span-2"
        label={auditText.to}
        error={wrong ? auditText.rangeWrong : undefined}
      >
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            value={to === null ? "" : toLocalInput(to, zone)}
            onChange={(event) => onChoose({ range, from, to: read(event.target.value) })}
          />
        )}
      </Field>
    </>
  );
}
