import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { cn } from "@/components/common/cn";

interface TableProps {
  /** Names the table for screen readers. */
  label: string;
  /** Newer rows are awaited: dims those that are there. */
  busy?: boolean | undefined;
  className?: string | undefined;
  children: ReactNode;
}

const rows = (table: HTMLElement) => [
  ...table.querySelectorAll<HTMLTableRowElement>("tbody > tr[data-row]"),
];

/** Rows that open are one tab stop; arrow keys, Home and End move between them. Cards below 640 px. */
export function Table({ label, busy, className, children }: TableProps) {
  const table = useRef<HTMLTableElement>(null);
  useEffect(() => {
    if (!table.current) return;
    const all = rows(table.current);
    if (!all.some((row) => row.tabIndex === 0)) all[0]?.setAttribute("tabindex", "0");
  });
  const move = (event: KeyboardEvent<HTMLTableElement>) => {
    if (!(event.target instanceof HTMLTableRowElement) || !table.current) return;
    const all = rows(table.current);
    const here = all.indexOf(event.target);
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }[event.key];
    const next = to === undefined ? undefined : all[to];
    if (!next) return;
    event.preventDefault();
    for (const row of all) row.setAttribute("tabindex", row === next ? "0" : "-1");
    next.focus();
  };
  return (
    <div className="overflow-x-auto">
      <table
        ref={table}
        aria-label={label}
        aria-busy={busy || undefined}
        onKeyDown={move}
        className={cn(
          "stacked w-full text-table transition-opacity duration-120",
          busy && "opacity-60",
          className,
        )}
      >
        {children}
      </table>
    </div>
  );
}
