import { describe, expect, it } from "vitest";
import { decimate } from "./decimate";

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

describe("decimating", () => {
  it("changes nothing while there is room", () => {
    const x = upTo(200);
    expect(decimate(x, [x], 100)).toEqual({ x, series: [x] });
  });

  it("keeps at most two points a pixel column, and every peak", () => {
    const x = upTo(10_000);
    const flat = x.map((i) => (i === 7_777 ? 99 : i === 1_234 ? -99 : i % 3));
    const thin = decimate(x, [flat], 500);
    expect(thin.x.length).toBeLessThanOrEqual(2 * 501);
    expect(thin.x.length).toBe(thin.series[0]?.length);
    expect(thin.series[0]?.[thin.x.indexOf(7_777)]).toBe(99);
    expect(thin.series[0]?.[thin.x.indexOf(1_234)]).toBe(-99);
    expect([...thin.x].sort((a, b) => a - b)).toEqual(thin.x);
  });

  it("keeps a gap a gap, and lets a line run through another one's peak", () => {
    const x = upTo(1_000);
    const broken = x.map((i) => (i >= 400 && i < 600 ? null : i % 7));
    const whole = x.map((i) => i % 5);
    const thin = decimate(x, [broken, whole], 100);
    const inside = thin.x.flatMap((at, i) => (at >= 410 && at < 590 ? [thin.series[0]?.[i]] : []));
    expect(new Set(inside)).toEqual(new Set([null]));
    const outside = thin.x.flatMap((at, i) => (at < 400 ? [thin.series[0]?.[i]] : []));
    expect(outside).not.toContain(null);
  });
});
