/** Why the feed stands still: nothing moves under somebody who reads. */

export type Hold = { scrolled: boolean; hovered: boolean; focused: boolean };
export const FREE: Hold = { scrolled: false, hovered: false, focused: false };

/** A few pixels are no scrolling. */
const TOP_PX = 8;

export function isHeld(hold: Hold, paused: boolean): boolean {
  return paused || hold.scrolled || hold.hovered || hold.focused;
}

export function isScrolled(scrollTop: number): boolean {
  return scrollTop > TOP_PX;
}

/** New rows fade in, but not when many come at once, nor those that were there from the start. */
export function freshIds(before: readonly string[], now: readonly string[]): string[] {
  if (before.length === 0) return [];
  const known = new Set(before);
  const fresh = now.filter((id) => !known.has(id));
  return fresh.length > 5 ? [] : fresh;
}
