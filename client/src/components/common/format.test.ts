import { expect, test } from "vitest";
import {
  formatBytes,
  formatCompact,
  formatDateTime,
  formatDuration,
  formatPercent,
  formatRelative,
  zoneOffset,
} from "@/components/common/format";

const winter = "2026-01-15T23:30:05Z";

test.each([
  ["UTC", false, "15 Jan 2026, 23:30"],
  ["Europe/Berlin", false, "16 Jan 2026, 00:30"],
  ["America/New_York", true, "15 Jan 2026, 6:30 pm"],
  ["Asia/Kolkata", true, "16 Jan 2026, 5:00 am"],
])("in %s (12 hours: %s) a moment reads %s", (zone, hour12, text) => {
  expect(formatDateTime(winter, { zone, hour12 })).toBe(text);
});

test("audits see the second and the zone's offset of that day", () => {
  const style = { zone: "Europe/Berlin", seconds: true, showZone: true };
  expect(formatDateTime(winter, style)).toBe("16 Jan 2026, 00:30:05 UTC+1");
  expect(zoneOffset("Europe/Berlin", "2026-07-01T00:00:00Z")).toBe("UTC+2");
  expect(zoneOffset("UTC", winter)).toBe("UTC");
});

test.each([
  [0, "now"],
  [9_000, "9 s ago"],
  [5 * 60_000, "5 min ago"],
  [3 * 3_600_000, "3 h ago"],
  [-90_000, "in 1 min"],
  [30 * 86_400_000, "16 Dec 2025"],
])("%d ms back is %s", (ms, text) => {
  const now = Date.parse(winter);
  expect(formatRelative(now - ms, now, "UTC")).toBe(text);
});

test.each([
  [850, "850 ms"],
  [42_000, "42 s"],
  [200_000, "3 min 20 s"],
  [7_200_000, "2 h"],
  [367_200_000, "4 d 6 h"],
])("%d ms last %s", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test("numbers stay short and signs are real minus signs", () => {
  expect(formatCompact(9_999)).toBe("9,999");
  expect(formatCompact(93_640)).toBe("93.6K");
  expect(formatPercent(4.25, { signed: true })).toBe("+4.3%");
  expect(formatPercent(-12)).toBe("−12%");
  expect(formatBytes(1_234_567)).toBe("1.23 MB");
});
