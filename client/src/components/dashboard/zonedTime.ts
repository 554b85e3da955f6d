/** Clock time of a zone to and from milliseconds, by Intl alone. */

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formats.set(zone, format);
  }
  return format;
}

/** What the zone's clocks show at the moment, read as if it were UTC. */
function wallClock(at: number, zone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The moment at which the zone's clocks show `wall`; of an hour they jump over, the one after. */
function momentOf(wall: number, zone: string): number {
  const offset = (at: number) => wallClock(at, zone) - Math.floor(at / 1000) * 1000;
  const guess = wall - offset(wall);
  return wall - offset(guess);
}

/** For `<input type="datetime-local">`. */
export function toLocalInput(at: number, zone: string): string {
  return new Date(wallClock(at, zone)).toISOString().slice(0, 16);
}

/** From `<input type="datetime-local">`; NaN when it is empty or no time. */
export function fromLocalInput(text: string, zone: string): number {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return Number.NaN;
  const wall = Date.parse(`${text.slice(0, 16)}Z`);
  return Number.isNaN(wall) ? wall : momentOf(wall, zone);
}

/** The last midnight of the zone at or before the moment. */
export function dayStart(at: number, zone: string): number {
  const wall = wallClock(at, zone);
  return momentOf(wall - (wall % 86_400_000), zone);
}

/** The midnight after the one given. */
export function nextDay(midnight: number, zone: string): number {
  return momentOf(wallClock(midnight, zone) + 86_400_000, zone);
}

/** `UTC+2`, `UTC` or `UTC+5:30` at the moment. */
export function offsetLabel(at: number, zone: string): string {
  const minutes = Math.round((wallClock(at, zone) - Math.floor(at / 1000) * 1000) / 60_000);
  if (minutes === 0) return "UTC";
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? "−" : "+"}${hours}${rest ? `:${String(rest).padStart(2, "0")}` : ""}`;
}
