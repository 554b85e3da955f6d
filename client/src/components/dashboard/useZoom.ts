import { useMemo } from "react";
import type { Frame } from "./frame";
import { spanOf } from "./range";
import { dragged, zoomIn, zoomOut } from "./zoom";

export type Zoom = {
  in(at?: number): void;
  out(): void;
  reset(): void;
  to(from: number, to: number): void;
  zoomed: boolean;
  canIn: boolean;
};

/** Closer and wider: each step is one to go back by. */
export function useZoom({ view, patch, span }: Frame): Zoom {
  return useMemo(() => {
    const zoomed = view.zoom !== undefined;
    const closer = (at?: number) => zoomIn(span, at);
    return {
      zoomed,
      canIn: closer() !== undefined,
      in: (at) => {
        const zoom = closer(at);
        if (zoom) patch({ zoom });
      },
      out: () => {
        if (zoomed) patch({ zoom: zoomOut(span, spanOf(view.range, Date.now())) });
      },
      reset: () => {
        if (zoomed) patch({ zoom: undefined });
      },
      to: (from, to) => patch({ zoom: dragged(from, to) }),
    };
  }, [view, patch, span]);
}
