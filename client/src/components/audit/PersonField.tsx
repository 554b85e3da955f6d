import { type KeyboardEvent, useId, useState } from "react";
import { PersonOption } from "@/components/audit/PersonOption";
import { cn } from "@/components/common/cn";
import { Field } from "@/components/common/Field";
import { Input } from "@/components/common/Input";
import { floatClass } from "@/components/common/overlayClass";
import { auditText } from "@/messages/audit";
import type { FoundPerson } from "@/types/audit";

interface PersonFieldProps {
  /** What was typed; whoever draws this finds the people. */
  text: string;
  onText: (text: string) => void;
  found: readonly FoundPerson[];
  searching: boolean;
  onPick: (person: FoundPerson) => void;
}

const SHORTEST = 2; // fewer letters would find everybody

/** A combobox over people: type the start of a name or e-mail, pick by arrow keys or click. */
export function PersonField({ text, onText, found, searching, onPick }: PersonFieldProps) {
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const listId = useId();
  const shown = open && text.trim().length >= SHORTEST;
  const active = found[Math.min(at, found.length - 1)];
  const pick = (person: FoundPerson) => {
    setOpen(false);
    onPick(person);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && shown) setOpen(false);
    else if (event.key === "Enter" && shown && active) pick(active);
    else if (step && found.length > 0) setAt((at + step + found.length) % found.length);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Field label={auditText.actor} className="relative">
      {(control) => (
        <>
          <Input
            {...control}
            role="combobox"
            aria-autocomplete="list"
            aria-expanded={shown}
            aria-controls={listId}
            aria-activedescendant={shown && active ? `${listId}-${active.id}` : undefined}
            autoComplete="off"
            placeholder={auditText.actorHint}
            value={text}
            onChange={(event) => {
              onText(event.target.value);
              setAt(0);
              setOpen(true);
            }}
            onKeyDown={onKeyDown}
            onFocus={() => setOpen(true)}
            onBlur={() => setOpen(false)}
          />
          <div
            className={cn(
              floatClass,
              "absolute inset-x-0 top-full mt-1 max-h-72 min-w-56 overflow-y-auto p-1",
              !shown && "hidden",
            )}
          >
            <div id={listId} role="listbox" aria-label={auditText.actorFind}>
              {found.map((person) => (
                <PersonOption
                  key={person.id}
                  id={`${listId}-${person.id}`}
                  person={person}
                  active={person === active}
                  onPick={() => pick(person)}
                />
              ))}
            </div>
            {found.length === 0 && (
              <p role="status" className="px-2.5 py-2 text-table text-muted">
                {searching ? auditText.actorSearching : auditText.actorNobody}
              </p>
            )}
          </div>
        </>
      )}
    </Field>
  );
}
