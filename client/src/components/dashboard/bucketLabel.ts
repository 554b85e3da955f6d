/** Values and buckets in words. */
import {
  formatBytes,
  formatCompact,
  formatDate,
  formatNumber,
  formatPercent,
  formatTime,
} from "@/components/common/format";
import type { Clock } from "./plotOptions";
import { DAY_MS, type Span } from "./range";

/** `1,284`, `38 ms`, `4.2%`, `1.2 MB`, `840 EUR`; a dash for nothing. */
export function formatValue(value: number | null, unit: string | null): string {
  if (value === null) return "–";
  if (unit === "%") return formatPercent(value);
  if (unit === "ms") return `${formatNumber(Number(value.toPrecision(3)))} ms`;
  if (unit === "bytes") return formatBytes(value);
  return unit ? `${formatNumber(value)} ${unit}` : formatCompact(value);
}

/** `14:00 – 14:15`, with the day when the chart has several, `19 May 2015` for a day. */
export function bucketLabel({ from, to }: Span, clock: Clock, severalDays: boolean): string {
  const day = formatDate(from, clock.zone);
  if (to - from > DAY_MS * 1.5) return `${day} – ${formatDate(to - 1, clock.zone)}`;
  if (to - from > DAY_MS * 0.9) return day;
  const hours = `${formatTime(from, clock)} – ${formatTime(to, clock)}`;
  return severalDays ? `${day}, ${hours}` : hours;
}
