import type { TdHTMLAttributes } from "react";
import { cn } from "@/components/common/cn";

interface TdProps extends TdHTMLAttributes<HTMLTableCellElement> {
  /** The column's name, shown beside the value where rows become cards. */
  label?: string | undefined;
}

export function Td({ label, className, ...rest }: TdProps) {
  return (
    <td {...rest} data-label={label} className={cn("sm:h-(--row) sm:px-3 sm:py-1.5", className)} />
  );
}
