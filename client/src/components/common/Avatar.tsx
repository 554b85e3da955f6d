import { Terminal } from "lucide-react";
import { useState } from "react";
import { cn } from "@/components/common/cn";
import { VisuallyHidden } from "@/components/common/VisuallyHidden";
import { commonText } from "@/messages/common";

interface AvatarProps {
  name: string;
  /** No person: a sign without a tint instead of initials. */
  system?: boolean | undefined;
  url?: string | null | undefined;
  size?: "sm" | "md" | "lg" | undefined;
  /** Given, shows presence as a dot and a word. */
  online?: boolean | undefined;
  className?: string | undefined;
}

const sizes = {
  sm: "size-6 text-[0.625rem]",
  md: "size-8 text-caption",
  lg: "size-16 text-title",
};

/** `Ana María Lopez` → `AL`. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
}

/** The same name has the same tint everywhere. */
function tintOf(name: string): string {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 997;
  return `color-mix(in srgb, var(--chart-${(sum % 5) + 1}) 18%, var(--color-card))`;
}

/** Decorative: the name is expected beside it. */
export function Avatar({ name, system = false, url, size = "md", online, className }: AvatarProps) {
  const [broken, setBroken] = useState(false);
  return (
    <span className={cn("relative inline-flex shrink-0", className)}>
      <span
        aria-hidden
        data-fill
        className={cn(
          "inline-flex items-center justify-center overflow-hidden rounded-full font-medium text-text select-none",
          sizes[size],
          system && "bg-sunken text-muted",
        )}
        style={system ? undefined : { background: tintOf(name) }}
      >
        {system ? (
          <Terminal className="size-1/2" />
        ) : url && !broken ? (
          <img
            src={url}
            alt=""
            className="size-full object-cover"
            onError={() => setBroken(true)}
          />
        ) : (
          initialsOf(name)
        )}
      </span>
      {online !== undefined && (
        <>
          <span
            aria-hidden
            className={cn(
              "absolute end-0 bottom-0 size-2.5 rounded-full border-2 border-card",
              size === "lg" && "size-4",
              online ? "bg-ok" : "bg-control",
            )}
          />
          <VisuallyHidden>{online ? commonText.online : commonText.offline}</VisuallyHidden>
        </>
      )}
    </span>
  );
}
