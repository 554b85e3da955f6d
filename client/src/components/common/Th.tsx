import { ArrowDown, ArrowUp, ArrowUpDown } from "lucide-react";
import type { ThHTMLAttributes } from "react";
import { cn } from "@/components/common/cn";

export type SortDirection = "ascending" | "descending" | "none";

interface ThProps extends ThHTMLAttributes<HTMLTableCellElement> {
  /** Given, the column can be sorted. */
  sort?: SortDirection | undefined;
  onSort?: (() => void) | undefined;
}

const icons = { ascending: ArrowUp, descending: ArrowDown, none: ArrowUpDown };

export function Th({ sort, onSort, className, children, ...rest }: ThProps) {
  const Icon = sort && icons[sort];
  return (
    <th
      scope="col"
      {...rest}
      aria-sort={sort}
      className={cn(
        "h-9 border-b border-hairline px-3 text-start text-caption font-medium whitespace-nowrap text-muted",
        className,
      )}
    >
      {Icon ? (
        <button
          type="button"
          onClick={onSort}
          className={cn(
            "-mx-1 inline-flex h-6 items-center gap-1 rounded-control px-1 hover:text-text",
            sort !== "none" && "text-text",
          )}
        >
          {children}
          <Icon aria-hidden className={cn("size-3.5", sort === "none" && "opacity-50")} />
        </button>
      ) : (
        children
      )}
    </th>
  );
}
