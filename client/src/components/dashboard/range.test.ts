import { describe, expect, it } from "vitest";
import {
  DAY_MS,
  dayOf,
  HOUR_MS,
  isWholeDays,
  lengthOf,
  spanFromInputs,
  spanOf,
  spanProblem,
  statRange,
  toRangeInput,
} from "./range";
import { rangeLabel } from "./rangeLabel";
import { offsetLabel, toLocalInput } from "./zonedTime";

const utc = (text: string) => Date.parse(`${text}Z`);

describe("a range", () => {
  it("that is relative stays relative and asks for days as days", () => {
    expect(toRangeInput({ last: "24h" })).toEqual({ last: "PT24H" });
    expect(toRangeInput({ last: "15m" })).toEqual({ last: "PT15M" });
    expect(toRangeInput({ last: "7d" })).toEqual({ last: "P7D" });
    expect(spanOf({ last: "6h" }, 10 * HOUR_MS)).toEqual({ from: 4 * HOUR_MS, to: 10 * HOUR_MS });
  });

  it.each(["", "24", "h", "0h", "-1h", "1y", "1.5h", "9999d", "24h "])("is not %j", (text) => {
    expect(lengthOf(text)).toBeUndefined();
  });

  it("of a day is the day of the zone, also when clocks change", () => {
    const day = dayOf(utc("2015-05-19T12:00"), "UTC");
    expect(day).toEqual({ from: utc("2015-05-19T00:00"), to: utc("2015-05-20T00:00") });
    const short = dayOf(utc("2025-03-30T12:00"), "Europe/Berlin");
    expect(short.to - short.from).toBe(23 * HOUR_MS);
    const long = dayOf(utc("2025-10-26T12:00"), "Europe/Berlin");
    expect(long.to - long.from).toBe(25 * HOUR_MS);
  });

  it("that somebody types is read in their zone", () => {
    const span = spanFromInputs("2015-05-19T00:00", "2015-05-20T00:00", "Asia/Kolkata");
    expect(span.from).toBe(utc("2015-05-18T18:30"));
    expect(toLocalInput(span.to, "Asia/Kolkata")).toBe("2015-05-20T00:00");
    expect(isWholeDays(span, "Asia/Kolkata")).toBe(true);
    expect(isWholeDays(span, "UTC")).toBe(false);
  });

  it("that is none says what is wrong", () => {
    expect(spanProblem(spanFromInputs("", "2015-05-20T00:00", "UTC"))).toBe("missing");
    expect(spanProblem({ from: DAY_MS, to: DAY_MS })).toBe("order");
    expect(spanProblem({ from: 0, to: 6 * 365 * DAY_MS })).toBe("long");
    expect(spanProblem({ from: 0, to: DAY_MS })).toBeUndefined();
  });

  it("has the figures of its own length, or of the nearest one, and says which", () => {
    expect(statRange({ last: "24h" })).toEqual({
      range: "LAST_24_HOURS",
      last: "24h",
      exact: true,
    });
    expect(statRange({ last: "15m" })).toMatchObject({ range: "LAST_HOUR", exact: false });
    expect(statRange({ last: "6h" })).toMatchObject({ range: "LAST_24_HOURS", exact: false });
    expect(statRange({ from: 0, to: 7 * DAY_MS })).toMatchObject({ last: "7d", exact: false });
  });

  it("is named as people would", () => {
    const [from, to] = [utc("2015-05-19T00:00"), utc("2015-05-20T00:00")];
    expect(rangeLabel({ from, to }, "UTC", false)).toBe("19 May 2015");
    expect(rangeLabel({ from, to: to - HOUR_MS }, "UTC", false)).toBe("19 May 2015, 00:00 – 23:00");
    expect(rangeLabel({ last: "1h" }, "UTC", false)).toBe("Last hour");
  });

  it("shows the zone as people write it", () => {
    expect(offsetLabel(utc("2025-07-01T00:00"), "Europe/Berlin")).toBe("UTC+2");
    expect(offsetLabel(utc("2025-07-01T00:00"), "Asia/Kolkata")).toBe("UTC+5:30");
    expect(offsetLabel(utc("2025-07-01T00:00"), "UTC")).toBe("UTC");
  });
});
