import { useEffect, useRef } from "react";
import { Avatar } from "@/components/common/Avatar";
import { cn } from "@/components/common/cn";
import type { FoundPerson } from "@/types/audit";

interface PersonOptionProps {
  id: string;
  person: FoundPerson;
  active: boolean;
  onPick: () => void;
}

/** Focus stays in the input: the option is told of by `aria-activedescendant`. */
export function PersonOption({ id, person, active, onPick }: PersonOptionProps) {
  const option = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) option.current?.scrollIntoView?.({ block: "nearest" });
  }, [active]);
  return (
    <div
      ref={option}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      className={cn(
        "flex min-h-9 cursor-pointer items-center gap-2 rounded-control px-2 py-1 hover:bg-sunken pointer-coarse:min-h-11",
        active && "bg-sunken",
      )}
      // Before the input loses focus, which would close the list.
      onPointerDown={(event) => {
        event.preventDefault();
        onPick();
      }}
    >
      <Avatar name={person.name} url={person.avatarUrl} size="sm" />
      <span className="min-w-0">
        <span className="block truncate text-table">{person.name}</span>
        {person.email && (
          <span className="block truncate text-caption text-subtle">{person.email}</span>
        )}
      </span>
    </div>
  );
}
