import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ["caption", "table", "body", "section", "title", "stat"],
      radius: ["control", "card"],
      shadow: ["overlay"],
    },
  },
});

/** Class names joined, the later of two that contradict each other winning. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
