import { Fragment } from "react";
import { cn } from "@/components/common/cn";
import { commonText } from "@/messages/common";

const isMac = () => /Mac|iPhone|iPad/.test(navigator.userAgent);

const names: Record<string, () => string> = {
  mod: () => (isMac() ? "⌘" : "Ctrl"),
  shift: () => "Shift",
  enter: () => "Enter",
  escape: () => "Esc",
  arrowup: () => "↑",
  arrowdown: () => "↓",
  arrowleft: () => "←",
  arrowright: () => "→",
};

function nameOf(key: string): string {
  return names[key.toLowerCase()]?.() ?? (key.length === 1 ? key.toUpperCase() : key);
}

/** Keys as caps: `mod+k` at once, `g d` one after the other. */
export function Keys({ keys, inverted = false }: { keys: string; inverted?: boolean }) {
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap">
      {keys.split(" ").map((stroke, index) => (
        <Fragment key={index}>
          {index > 0 && <span className="text-caption opacity-80">{commonText.afterwards}</span>}
          {stroke.split(/\+(?=.)/).map((key) => (
            <kbd
              key={key}
              className={cn(
                "inline-flex h-5 min-w-5 items-center justify-center rounded-[4px] border px-1 font-sans text-caption",
                inverted
                  ? "border-current/40 text-inherit"
                  : "border-hairline bg-sunken text-muted",
              )}
            >
              {nameOf(key)}
            </kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}
