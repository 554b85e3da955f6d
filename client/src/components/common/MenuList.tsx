import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from "react";
import { cn } from "@/components/common/cn";
import { Floating } from "@/components/common/Floating";
import type { MenuItem } from "@/components/common/Menu";
import { floatClass } from "@/components/common/overlayClass";
import { useDismiss } from "@/components/common/useDismiss";

interface MenuListProps {
  labelledBy: string;
  anchor: HTMLElement;
  align: "start" | "end";
  header: ReactNode;
  items: readonly MenuItem[];
  /** Has focus at first; the list itself when there is no such item. */
  first: number;
  onClose: () => void;
}

/** The open menu. Items that cannot be used are reachable, so that their reason is. */
export function MenuList(props: MenuListProps) {
  const { labelledBy, anchor, align, header, items, first, onClose } = props;
  const box = useRef<HTMLDivElement>(null);
  useDismiss(box, anchor, onClose);
  useLayoutEffect(() => {
    const own = box.current;
    if (own) (itemsOf(own)[first] ?? own).focus();
  }, [first]);
  const select = (item: MenuItem) => {
    // Before what it opens looks for where to give focus back to.
    anchor.focus();
    onClose();
    item.onSelect();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === "Tab") {
      // On it goes from the button, not from an item that will be gone.
      anchor.focus();
      onClose();
    } else if (move(event.currentTarget, event.key)) event.preventDefault();
  };
  return (
    <Floating
      ref={box}
      role="menu"
      aria-labelledby={labelledBy}
      tabIndex={-1}
      anchor={anchor}
      align={align}
      onKeyDown={onKeyDown}
      className={cn(floatClass, "min-w-48 max-w-80 p-1 outline-none")}
    >
      {header && <div className="mb-1 border-b border-hairline px-2.5 py-2">{header}</div>}
      {items.map((item) => (
        <Item key={item.label} item={item} onSelect={() => select(item)} />
      ))}
    </Floating>
  );
}

function Item({ item, onSelect }: { item: MenuItem; onSelect: () => void }) {
  const { label, icon, danger, disabled, reason } = item;
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      aria-disabled={disabled || undefined}
      onClick={disabled ? undefined : onSelect}
      onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
      className={cn(
        "grid min-h-8 w-full grid-cols-[auto_1fr] items-center gap-x-2.5 rounded-control px-2.5 py-1.5 text-start text-body outline-none select-none pointer-coarse:min-h-11 [&_svg]:size-4",
        "focus:bg-sunken forced-colors:focus:outline-2",
        disabled ? "text-subtle" : danger && "text-bad",
      )}
    >
      <span aria-hidden className="empty:hidden">
        {icon}
      </span>
      <span className={icon ? undefined : "col-span-2"}>{label}</span>
      {disabled && reason && <span className="col-span-2 text-caption text-subtle">{reason}</span>}
    </button>
  );
}

const itemsOf = (menu: Element) => [...menu.querySelectorAll<HTMLElement>("[role=menuitem]")];

/** Moves focus as the key says; false for keys that say nothing. */
function move(menu: Element, key: string): boolean {
  const all = itemsOf(menu);
  const here = all.indexOf(document.activeElement as HTMLElement);
  const last = all.length - 1;
  const to = {
    ArrowDown: here === last ? 0 : here + 1,
    ArrowUp: here <= 0 ? last : here - 1,
    Home: 0,
    End: last,
  }[key];
  const next = to === undefined ? byLetter(all, here, key) : all[to];
  next?.focus();
  return next !== undefined;
}

/** The next item that begins with what was typed. */
function byLetter(all: HTMLElement[], here: number, key: string): HTMLElement | undefined {
  if (key.length !== 1 || key === " ") return undefined;
  const onwards = [...all.slice(here + 1), ...all.slice(0, here + 1)];
  return onwards.find((item) => item.textContent?.toLowerCase().startsWith(key.toLowerCase()));
}
