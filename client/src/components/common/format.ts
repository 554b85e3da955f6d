/** Numbers and times for people. Formatters are kept: making one costs more than using it. */

import { commonText } from "@/messages/common";

export type Instant = string | number | Date;

const integers = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const decimals = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const DAY_MS = 86_400_000;
const units: readonly [ms: number, unit: string][] = [
  [DAY_MS, "d"],
  [3_600_000, "h"],
  [60_000, "min"],
  [1000, "s"],
];

/** `12,345`, with up to two decimals below 100. */
export function formatNumber(value: number): string {
  return (Math.abs(value) < 100 ? decimals : integers).format(value);
}

/** `12.3K`. */
export function formatCompact(value: number): string {
  return Math.abs(value) < 10_000 ? formatNumber(value) : compact.format(value);
}

/** A share of 100 as `4.2%`; with `signed`, `+4.2%`. */
export function formatPercent(value: number, options: { signed?: boolean } = {}): string {
  const digits = Math.abs(value) >= 100 ? 0 : 1;
  const text = `${Math.abs(value).toLocaleString("en", { maximumFractionDigits: digits })}%`;
  if (value < 0) return `−${text}`;
  return options.signed && value > 0 ? `+${text}` : text;
}

/** Milliseconds as `850 ms`, `42 s`, `3 min 20 s`, `2 h 5 min`, `4 d 6 h`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = Math.round(ms / 1000);
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}

/** Bytes as `1.2 MB`, in steps of 1000. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const step = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  return `${decimals.format(bytes / 1000 ** step)} ${units[step]}`;
}

const utc = (text: string) => text.replace(/GMT(\+0$)?/, "UTC");

const dateFormats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  let format = dateFormats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", options);
    dateFormats.set(key, format);
  }
  return format;
}

export interface TimeStyle {
  zone: string;
  hour12?: boolean | undefined;
  seconds?: boolean | undefined;
  /** Appends the zone, as `UTC+2`. */
  showZone?: boolean | undefined;
}

/** `22 Nov 2026, 19:24`, in the zone asked for. */
export function formatDateTime(at: Instant, style: TimeStyle): string {
  const { zone, hour12 = false, seconds = false, showZone = false } = style;
  const format = dateFormat(`full|${zone}|${hour12}|${seconds}|${showZone}`, {
    timeZone: zone,
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: hour12 ? "numeric" : "2-digit",
    minute: "2-digit",
    ...(seconds && { second: "2-digit" }),
    hourCycle: hour12 ? "h12" : "h23",
    ...(showZone && { timeZoneName: "shortOffset" }),
  });
  return utc(format.format(new Date(at)));
}

/** `19:24`, in the zone asked for. */
export function formatTime(at: Instant, style: TimeStyle): string {
  const { zone, hour12 = false, seconds = false } = style;
  const format = dateFormat(`time|${zone}|${hour12}|${seconds}`, {
    timeZone: zone,
    hour: hour12 ? "numeric" : "2-digit",
    minute: "2-digit",
    ...(seconds && { second: "2-digit" }),
    hourCycle: hour12 ? "h12" : "h23",
  });
  return format.format(new Date(at));
}

/** `22 Nov 2026`. */
export function formatDate(at: Instant, zone: string): string {
  const format = dateFormat(`date|${zone}`, {
    timeZone: zone,
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  return format.format(new Date(at));
}

/** `UTC+2`, `UTC`: the zone's offset at that moment. */
export function zoneOffset(zone: string, at: Instant = Date.now()): string {
  const parts = dateFormat(`offset|${zone}`, {
    timeZone: zone,
    timeZoneName: "shortOffset",
  }).formatToParts(new Date(at));
  const name = parts.find((part) => part.type === "timeZoneName")?.value ?? "UTC";
  return utc(name);
}

/** `9 s ago`, `5 min ago`, `in 3 h`; a plain date beyond a week. */
export function formatRelative(at: Instant, now: number, zone: string): string {
  const ms = new Date(at).getTime() - now;
  const distance = Math.abs(ms);
  if (distance < 1000) return commonText.now;
  if (distance >= 7 * DAY_MS) return formatDate(at, zone);
  const [size, unit] = units.find(([ms]) => distance >= ms) ?? [1000, "s"];
  const amount = `${Math.floor(distance / size)} ${unit}`;
  return ms < 0 ? commonText.ago(amount) : commonText.inTime(amount);
}
