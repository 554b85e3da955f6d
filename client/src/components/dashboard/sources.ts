/** Which line is what, for each of the panels. */
import { dashboardText } from "@/messages/dashboard";
import type { Series } from "@/types/chart";
import type { Source } from "./chartData";

const text = dashboardText.chart;

export function namedSource(series: Series, index: number): Source {
  const label = text.lines[series.name] ?? series.name;
  // Errors are few beside requests: on their axis they would be a flat line.
  const errors = series.name === "api.errors";
  return { label, series, right: errors, colour: errors ? 2 : (index % 6) + 1 };
}

const PERCENTILES = [text.p50, text.p95, text.p99];

export function percentileSource(series: Series, index: number): Source {
  return { label: PERCENTILES[index] ?? series.aggregate, series, colour: (index % 6) + 1 };
}

export function metricSource(series: Series): Source {
  return { label: series.name, series, colour: 3 };
}
