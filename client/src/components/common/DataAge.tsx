import { cn } from "@/components/common/cn";
import { StatusDot } from "@/components/common/StatusDot";
import { TimeText } from "@/components/common/TimeText";
import { commonText } from "@/messages/common";
import { useConnection } from "@/store/connection";

/** How old a panel's data is: on hover or focus while live, always when it may be out of date. */
export function DataAge({ updatedAt }: { updatedAt: number }) {
  const state = useConnection((connection) => connection.state);
  const fresh = state === "live" || state === "connecting";
  return (
    <span
      className={cn(
        "inline-flex items-center gap-1 text-caption whitespace-nowrap",
        fresh
          ? "text-subtle opacity-0 max-sm:hidden transition-opacity duration-120 group-focus-within/panel:opacity-100 group-hover/panel:opacity-100"
          : "text-warn",
      )}
    >
      {!fresh && <StatusDot tone="warn" label="" hideLabel />}
      {commonText.updated} <TimeText at={updatedAt} mode="relative" />
    </span>
  );
}
