import { DropdownMenu as Radix } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { cn } from "@/components/common/cn";
import { floatClass } from "@/components/common/overlayClass";

export interface MenuItem {
  label: string;
  onSelect: () => void;
  icon?: ReactNode;
  danger?: boolean | undefined;
  disabled?: boolean | undefined;
  /** Why it is disabled. */
  reason?: string | undefined;
}

interface MenuProps {
  /** A button; gets the menu's attributes. */
  trigger: ReactElement;
  items: readonly MenuItem[];
  /** Shown above the items, such as whose account it is. */
  header?: ReactNode;
  align?: "start" | "end" | undefined;
}

export function Menu({ trigger, items, header, align = "end" }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className={cn(floatClass, "min-w-48 max-w-80 p-1")}
        >
          {header && (
            <>
              <Radix.Label className="px-2.5 py-2">{header}</Radix.Label>
              <Radix.Separator className="my-1 h-px bg-hairline" />
            </>
          )}
          {items.map((item) => (
            <Item key={item.label} {...item} />
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Item({ label, onSelect, icon, danger, disabled, reason }: MenuItem) {
  return (
    <Radix.Item
      disabled={disabled ?? false}
      onSelect={onSelect}
      className={cn(
        "grid min-h-8 grid-cols-[auto_1fr] items-center gap-x-2.5 rounded-control px-2.5 py-1.5 text-body outline-none select-none pointer-coarse:min-h-11 [&_svg]:size-4",
        "data-highlighted:bg-sunken data-disabled:text-subtle forced-colors:data-highlighted:outline-2",
        danger && !disabled && "text-bad",
      )}
    >
      <span aria-hidden className="empty:hidden">
        {icon}
      </span>
      <span className={cn(!icon && "col-span-2")}>{label}</span>
      {disabled && reason && <span className="col-span-2 text-caption text-subtle">{reason}</span>}
    </Radix.Item>
  );
}
