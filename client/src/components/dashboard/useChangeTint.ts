import { type RefObject, useEffect, useRef } from "react";

const TINT_MS = 600;
const REST_MS = 2_000;
const NOTABLE = 0.01;

/** Whether a figure changed so much that it is worth a glance. */
export function isNotable(before: number, now: number): boolean {
  return Math.abs(now - before) > Math.abs(before) * NOTABLE;
}

/** Tints the element briefly when its figure changed by more than 1 %, at most every two seconds. */
export function useChangeTint(value: number | undefined): RefObject<HTMLElement> {
  const element = useRef<HTMLElement>(null);
  const last = useRef<{ value: number | undefined; at: number }>({ value: undefined, at: 0 });
  useEffect(() => {
    const { value: before, at } = last.current;
    last.current = { value, at };
    if (before === undefined || value === undefined || !isNotable(before, value)) return;
    const now = performance.now();
    const still =
      matchMedia("(prefers-reduced-motion: reduce)").matches ||
      document.documentElement.dataset.motion === "reduced";
    if (still || now - at < REST_MS) return;
    last.current = { value, at: now };
    const tint = getComputedStyle(document.documentElement).getPropertyValue("--color-accent-soft");
    element.current?.animate?.([{ backgroundColor: tint }, {}], TINT_MS);
  }, [value]);
  return element;
}
