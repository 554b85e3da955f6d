import type { HTMLAttributes, KeyboardEvent, MouseEvent } from "react";
import { cn } from "@/components/common/cn";

interface TrProps extends Omit<HTMLAttributes<HTMLTableRowElement>, "onSelect"> {
  selected?: boolean | undefined;
  /** Enter or a click beside the row's own controls. The row needs a link or button doing the same. */
  onOpen?: (() => void) | undefined;
  /** Space. */
  onToggle?: (() => void) | undefined;
}

const ownControl = "a, button, input, select, textarea, label, summary, [role=menuitem]";

export function Tr({ selected, onOpen, onToggle, className, ...rest }: TrProps) {
  const reachable = onOpen !== undefined || onToggle !== undefined;
  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>) => {
    if (event.target !== event.currentTarget) return;
    const act = { Enter: onOpen, " ": onToggle }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const onClick = (event: MouseEvent<HTMLTableRowElement>) => {
    const target = event.target as Element;
    const inside = event.currentTarget.contains(target);
    if (!inside || target.closest(ownControl) || window.getSelection()?.toString()) return;
    onOpen?.();
  };
  return (
    <tr
      {...rest}
      {...(reachable && { "data-row": "", tabIndex: -1, onKeyDown, onClick })}
      aria-selected={selected}
      className={cn(
        "border-b border-hairline last:border-b-0 focus-visible:-outline-offset-2",
        reachable && "hover:bg-sunken",
        onOpen && "cursor-pointer",
        selected && "bg-accent-soft hover:bg-accent-soft",
        className,
      )}
    />
  );
}
