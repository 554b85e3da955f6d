import type { ForwardedRef, MutableRefObject, RefCallback } from "react";

/** One ref that fills several. */
export function mergeRefs<T>(
  ...refs: (ForwardedRef<T> | MutableRefObject<T | null>)[]
): RefCallback<T> {
  return (node) => {
    for (const ref of refs) {
      if (typeof ref === "function") ref(node);
      else if (ref) ref.current = node;
    }
  };
}
