import { Tooltip as Radix } from "radix-ui";
import type { ReactElement } from "react";
import { Keys } from "@/components/common/Keys";

interface TooltipProps {
  label: string;
  /** Keys that do the same, as in `useShortcut`. */
  keys?: string | undefined;
  side?: "top" | "right" | "bottom" | "left" | undefined;
  children: ReactElement;
}

/** Names or explains its child on hover and focus. Never the only place for something needed. */
export function Tooltip({ label, keys, side = "bottom", children }: TooltipProps) {
  return (
    <Radix.Provider delayDuration={400} skipDelayDuration={300}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            data-fill
            className="z-60 flex max-w-72 animate-fade items-center gap-2 rounded-control bg-text px-2 py-1 text-caption text-card shadow-overlay"
          >
            {label}
            {keys && <Keys keys={keys} inverted />}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
