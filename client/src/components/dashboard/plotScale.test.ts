import { describe, expect, it } from "vitest";
import { CALM_MS, CalmScale, heightsOf, roomFor } from "./plotScale";
import { condense, sparkPath } from "./sparkline";

describe("the height of a chart", () => {
  it("grows at once and shrinks only after a while", () => {
    const scale = new CalmScale();
    expect(scale.next({ min: 0, max: 10 }, 0).max).toBe(10);
    expect(scale.next({ min: 0, max: 20 }, 1).max).toBe(20);
    expect(scale.next({ min: 0, max: 5 }, 2).max).toBe(20);
    expect(scale.next({ min: 0, max: 5 }, 1 + CALM_MS).max).toBe(20);
    expect(scale.next({ min: 0, max: 5 }, 2 + CALM_MS).max).toBe(5);
  });

  it("starts at zero, unless all values are far from it", () => {
    expect(roomFor(heightsOf([[1, 9, null]])).min).toBe(0);
    expect(roomFor({ min: 1000, max: 1010 }).min).toBeGreaterThan(900);
    expect(roomFor({ min: 0, max: 0 })).toEqual({ min: 0, max: 1.5 });
    expect(roomFor(undefined)).toEqual({ min: 0, max: 1 });
  });
});

describe("a little line", () => {
  it("has at most sixty points and breaks where nothing is known", () => {
    expect(condense(Array.from({ length: 600 }, (_, i) => i))).toHaveLength(60);
    expect(condense([1, null, 3])).toEqual([1, null, 3]);
    const path = sparkPath([0, 1, null, 1, 0], { width: 40, height: 12 });
    expect(path).toBe("M0.0 11.0L10.0 1.0M30.0 1.0L40.0 11.0");
  });

  it("is none for a single reading, and level for equal ones", () => {
    expect(sparkPath([null, 4], { width: 40, height: 12 })).toBe("");
    expect(sparkPath([4, 4], { width: 40, height: 12 })).toBe("M0.0 6.0L40.0 6.0");
  });
});
