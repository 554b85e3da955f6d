import { type Dispatch, useState } from "react";

/** The button in a wrapper that has no box of its own: what floats is placed beside it. */
export function useAnchor(): [HTMLElement | null, Dispatch<HTMLElement | null>] {
  const [wrapper, setWrapper] = useState<HTMLElement | null>(null);
  return [wrapper?.querySelector("button") ?? null, setWrapper];
}
