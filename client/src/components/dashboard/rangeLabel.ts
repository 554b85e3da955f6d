import { dashboardText } from "@/messages/dashboard";
import { dayOf, isSpan, type Range } from "./range";

/** The range in words: "Last 24 hours", "19 May 2015", "19 May 2015, 08:00 – 12:00". */
export function rangeLabel(range: Range, zone: string, hour12: boolean): string {
  if (!isSpan(range)) return dashboardText.range.last(range.last);
  const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: zone });
  const whole = dayOf(range.from, zone);
  if (whole.from === range.from && whole.to === range.to) return day.format(range.from);
  const clock = { timeStyle: "short", timeZone: zone, hour12 } as const;
  const moment = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", ...clock });
  const sameDay = range.to <= whole.to;
  const end = sameDay ? new Intl.DateTimeFormat("en-GB", clock) : moment;
  return `${moment.format(range.from)} – ${end.format(range.to)}`;
}
