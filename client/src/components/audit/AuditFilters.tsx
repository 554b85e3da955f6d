import { SlidersHorizontal } from "lucide-react";
import { type ReactNode, type Ref, useId, useState } from "react";
import {
  ACTIONS_MAX,
  type AuditView,
  actionsOf,
  FIRST_PAGE,
  KNOWN_ACTIONS,
  OUTCOMES,
  SEVERITIES,
  targetOf,
} from "@/components/audit/auditView";
import { DraftField } from "@/components/audit/DraftField";
import { CustomRange, RangeSelect } from "@/components/audit/RangeFields";
import { SearchField } from "@/components/audit/SearchField";
import { Button } from "@/components/common/Button";
import { cn } from "@/components/common/cn";
import { Field } from "@/components/common/Field";
import { Select } from "@/components/common/Select";
import { auditText, outcomeText, severityText } from "@/messages/audit";

interface AuditFiltersProps {
  view: AuditView;
  zone: string;
  onPatch: (changes: Partial<AuditView>, how?: "push" | "replace") => void;
  /** Whose entries; only administrators choose. */
  actorField?: ReactNode;
  /** Administrators alone are told outcomes. */
  byOutcome: boolean;
  searchRef?: Ref<HTMLInputElement>;
}

export function AuditFilters(props: AuditFiltersProps) {
  const { view, zone, onPatch, actorField, byOutcome, searchRef } = props;
  const [open, setOpen] = useState(false);
  const id = useId();
  const patch: AuditFiltersProps["onPatch"] = (changes, how) =>
    onPatch({ ...FIRST_PAGE, ...changes }, how);
  const range = { range: view.range, from: view.from, to: view.to, zone };
  return (
    <search className="mb-4 grid items-start gap-3 sm:grid-cols-[repeat(auto-fill,minmax(132px,1fr))]">
      <div className="flex items-end gap-2 sm:col-span-2">
        <div className="min-w-0 grow">
          <SearchField
            value={view.q}
            onSearch={(q) => patch({ q }, "replace")}
            {...(searchRef && { inputRef: searchRef })}
          />
        </div>
        <Button
          className="sm:hidden"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <SlidersHorizontal aria-hidden />
          {auditText.filters}
        </Button>
      </div>
      <div
        id={id}
        className={cn("items-start gap-3 max-sm:grid-cols-2 sm:contents", open ? "grid" : "hidden")}
      >
        {actorField}
        <ActionField value={view.action} onCommit={(action) => patch({ action })} />
        <TargetField value={view.target} onCommit={(target) => patch({ target })} />
        <ChoiceField
          label={auditText.severity}
          any={auditText.anySeverity}
          choices={SEVERITIES}
          names={severityText}
          value={view.severity}
          onChoose={(severity) => patch({ severity })}
        />
        {byOutcome && (
          <ChoiceField
            label={auditText.outcome}
            any={auditText.anyOutcome}
            choices={OUTCOMES}
            names={outcomeText}
            value={view.outcome}
            onChoose={(outcome) => patch({ outcome })}
          />
        )}
        <RangeSelect {...range} onChoose={(choice) => patch(choice)} />
        <CustomRange {...range} onChoose={(choice) => patch(choice, "replace")} />
      </div>
    </search>
  );
}

interface ChoiceFieldProps<T extends string> {
  label: string;
  any: string;
  choices: readonly T[];
  names: Readonly<Record<T, string>>;
  value: T | null;
  onChoose: (value: T | null) => void;
}

function ChoiceField<T extends string>(props: ChoiceFieldProps<T>) {
  const { label, any, choices, names, value, onChoose } = props;
  const options = choices.map((one) => ({ value: one as string, label: names[one] }));
  return (
    <Field label={label}>
      {(control) => (
        <Select
          {...control}
          options={[{ value: "", label: any }, ...options]}
          value={value ?? ""}
          onChange={({ target }) => onChoose(choices.find((one) => one === target.value) ?? null)}
        />
      )}
    </Field>
  );
}

function ActionField(props: { value: string[]; onCommit: (actions: string[]) => void }) {
  const check = (text: string) => {
    const actions = actionsOf(text);
    if (!actions) return auditText.actionWrong;
    return actions.length > ACTIONS_MAX ? auditText.tooMany : undefined;
  };
  return (
    <DraftField
      label={auditText.action}
      value={props.value.join(", ")}
      placeholder={auditText.actionHint}
      suggestions={KNOWN_ACTIONS}
      check={check}
      onCommit={(text) => props.onCommit(actionsOf(text) ?? [])}
    />
  );
}

function TargetField(props: { value: string; onCommit: (target: string) => void }) {
  return (
    <DraftField
      label={auditText.target}
      value={props.value}
      placeholder={auditText.targetHint}
      check={(text) => (text === "" || targetOf(text) ? undefined : auditText.targetWrong)}
      onCommit={props.onCommit}
    />
  );
}
