import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "./range";
import { CLOSEST_MS, dragged, zoomIn, zoomOut } from "./zoom";

const day = { from: 0, to: DAY_MS };

describe("zooming", () => {
  it("in halves the stretch around its middle, or around the cursor", () => {
    expect(zoomIn(day)).toEqual({ from: 6 * HOUR_MS, to: 18 * HOUR_MS });
    expect(zoomIn(day, 0)).toEqual({ from: 0, to: 12 * HOUR_MS });
    expect(zoomIn(day, DAY_MS)).toEqual({ from: 12 * HOUR_MS, to: DAY_MS });
  });

  it("in ends where nothing finer is recorded", () => {
    expect(zoomIn({ from: 0, to: 6 * MINUTE_MS })).toEqual({ from: 0, to: 6 * MINUTE_MS });
    expect(zoomIn({ from: 0, to: CLOSEST_MS })).toBeUndefined();
  });

  it("out doubles it, and ends at the range itself", () => {
    const part = { from: 6 * HOUR_MS, to: 12 * HOUR_MS };
    expect(zoomOut(part, day)).toEqual({ from: 3 * HOUR_MS, to: 15 * HOUR_MS });
    expect(zoomOut({ from: 6 * HOUR_MS, to: 18 * HOUR_MS }, day)).toBeUndefined();
  });

  it("by dragging works in both directions and never below five minutes", () => {
    expect(dragged(2 * HOUR_MS, HOUR_MS)).toEqual({ from: HOUR_MS, to: 2 * HOUR_MS });
    const tiny = dragged(HOUR_MS, HOUR_MS + 1000);
    expect(tiny.to - tiny.from).toBeGreaterThanOrEqual(CLOSEST_MS);
  });
});
