export type Side = "top" | "right" | "bottom" | "left";
export type Align = "start" | "center" | "end";

interface Size {
  width: number;
  height: number;
}

interface Placing {
  side: Side;
  align: Align;
  rtl: boolean;
  /** What it must stay inside of: the window. */
  room: Size;
}

/** Between what floats and its anchor, and to the edges of the window. */
const GAP = 6;
const MARGIN = 8;

const opposite = { top: "bottom", bottom: "top", left: "right", right: "left" } as const;

/** Where a box beside `anchor` begins: on the asked side, or the other where there is more room. */
export function place(anchor: DOMRect, box: Size, { side, align, rtl, room }: Placing) {
  const free = {
    top: anchor.top,
    bottom: room.height - anchor.bottom,
    left: anchor.left,
    right: room.width - anchor.right,
  };
  const upright = side === "top" || side === "bottom";
  const needed = (upright ? box.height : box.width) + GAP + MARGIN;
  const other = opposite[side];
  const at = free[side] < needed && free[other] > free[side] ? other : side;
  const middle = anchor.top + (anchor.height - box.height) / 2;
  const along = alongX(anchor, box.width, rtl, align);
  const spot = {
    top: { x: along, y: anchor.top - GAP - box.height },
    bottom: { x: along, y: anchor.bottom + GAP },
    left: { x: anchor.left - GAP - box.width, y: middle },
    right: { x: anchor.right + GAP, y: middle },
  }[at];
  return {
    left: within(spot.x, box.width, room.width),
    top: within(spot.y, box.height, room.height),
  };
}

function alongX(anchor: DOMRect, width: number, rtl: boolean, align: Align): number {
  if (align === "center") return anchor.left + (anchor.width - width) / 2;
  return (align === "start") !== rtl ? anchor.left : anchor.right - width;
}

function within(start: number, size: number, room: number): number {
  return Math.max(MARGIN, Math.min(start, room - MARGIN - size));
}
