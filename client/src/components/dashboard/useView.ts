import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router-dom";
import { parseView, type View, writeView } from "./view";

export type PatchView = (changes: Partial<View>, how?: "push" | "replace") => void;

/** The view in the address, and how to change some of it: each change is a step to go back by. */
export function useView(): [View, PatchView] {
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => parseView(params), [params]);
  const patch = useCallback<PatchView>(
    (changes, how = "push") =>
      setParams((before) => writeView({ ...parseView(before), ...changes }, before), {
        replace: how === "replace",
        preventScrollReset: true,
      }),
    [setParams],
  );
  return [view, patch];
}
