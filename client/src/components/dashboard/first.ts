/** What the dashboard at an address asks for first: its figures, and the little lines in them. */
import { chartQuery } from "./frame";
import { statRange } from "./range";
import { parseView, shownRange } from "./view";

export function firstFigures(search: URLSearchParams, zone: string) {
  const view = parseView(search);
  const { range, timeZone } = chartQuery(view, zone);
  const window = statRange(shownRange(view)).range;
  return { stats: { range: window }, sparklines: { range, timeZone, window } };
}
