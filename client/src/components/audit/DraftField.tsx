import { type FormEvent, useEffect, useId, useState } from "react";
import { Field } from "@/components/common/Field";
import { Input } from "@/components/common/Input";

interface DraftFieldProps {
  label: string;
  value: string;
  placeholder: string;
  /** What is wrong with a text; such a one is not committed. */
  check: (text: string) => string | undefined;
  onCommit: (text: string) => void;
  /** Offered while typing. */
  suggestions?: readonly string[];
}

/** A text that counts once Enter is pressed, a suggestion taken, or the field left. */
export function DraftField(props: DraftFieldProps) {
  const { label, value, placeholder, check, onCommit, suggestions } = props;
  const [draft, setDraft] = useState(value);
  const [problem, setProblem] = useState<string>();
  // Colons are nothing for a selector, by which some find the list.
  const listId = useId().replaceAll(":", "-");
  useEffect(() => {
    setDraft(value);
    setProblem(undefined);
  }, [value]);
  const commit = (text: string) => {
    const wrong = check(text.trim());
    setProblem(wrong);
    if (wrong === undefined && text.trim() !== value) onCommit(text.trim());
  };
  const take = (event: FormEvent<HTMLInputElement>) => {
    const text = event.currentTarget.value;
    setDraft(text);
    setProblem(undefined);
    // A suggestion was taken, not a key pressed; browsers say so in two ways.
    const how = (event.nativeEvent as InputEvent).inputType;
    if (how === undefined || how === "insertReplacementText") commit(text);
  };
  return (
    <Field label={label} error={problem}>
      {(control) => (
        <>
          <Input
            {...control}
            list={suggestions && listId}
            value={draft}
            placeholder={placeholder}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onInput={take}
            onChange={() => {}}
            onBlur={() => commit(draft)}
            onKeyDown={(event) => event.key === "Enter" && commit(draft)}
          />
          {suggestions && (
            <datalist id={listId}>
              {suggestions.map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  );
}
