import { Command } from "cmdk";
import type { ReactNode } from "react";
import { Keys } from "@/components/common/Keys";

interface PaletteItemProps {
  value: string;
  onSelect: () => void;
  icon: ReactNode;
  keys?: string | undefined;
  children: ReactNode;
}

export function PaletteItem({ value, onSelect, icon, keys, children }: PaletteItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex min-h-9 cursor-pointer items-center gap-3 rounded-control px-2.5 text-body select-none data-[selected=true]:bg-accent-soft forced-colors:data-[selected=true]:outline-2 pointer-coarse:min-h-11"
    >
      <span aria-hidden className="flex w-6 shrink-0 justify-center text-subtle [&>svg]:size-4">
        {icon}
      </span>
      {children}
      {keys && (
        <span aria-hidden className="ms-auto max-sm:hidden pointer-coarse:hidden">
          <Keys keys={keys} />
        </span>
      )}
    </Command.Item>
  );
}
