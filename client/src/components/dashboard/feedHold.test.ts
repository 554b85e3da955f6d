import { describe, expect, it } from "vitest";
import { FREE, freshIds, isHeld, isScrolled } from "./feedHold";

describe("the feed", () => {
  it("stands still while somebody scrolls, points at it, is in it, or paused", () => {
    expect(isHeld(FREE, false)).toBe(false);
    expect(isHeld(FREE, true)).toBe(true);
    for (const reason of ["scrolled", "hovered", "focused"] as const)
      expect(isHeld({ ...FREE, [reason]: true }, false)).toBe(true);
    expect([isScrolled(0), isScrolled(8), isScrolled(9)]).toEqual([false, false, true]);
  });

  it("lets few new rows fade in, not many, and none at first", () => {
    expect(freshIds([], ["a"])).toEqual([]);
    expect(freshIds(["a"], ["c", "b", "a"])).toEqual(["c", "b"]);
    expect(freshIds(["a"], ["1", "2", "3", "4", "5", "6", "a"])).toEqual([]);
  });
});
