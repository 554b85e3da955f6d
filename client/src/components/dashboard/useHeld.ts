import { useRef } from "react";

/** The value as it was when holding began; `key` lets go of it, as something else is looked at. */
export function useHeld<T>(value: T, holding: boolean, key: string): T {
  const held = useRef({ value, key });
  if (!holding || held.current.key !== key) held.current = { value, key };
  return held.current.value;
}
