/** How uPlot is set up for a panel. */
import uPlot from "uplot";
import { formatBytes, formatCompact, formatDate, formatTime } from "@/components/common/format";
import type { Line } from "./chartData";
import { dashOf } from "./dashes";
import { paintBuckets, paintGaps, type Scene } from "./plotPaint";
import type { CalmScale } from "./plotScale";
import { heightsOf, roomFor } from "./plotScale";
import type { PlotTheme } from "./plotTheme";
import type { Span } from "./range";

/** What the plot asks for while it lives; all of it may change without a new plot. */
export type Live = {
  scene: Scene;
  span: Span;
  scales: { y: CalmScale; right: CalmScale };
  onCursor(seconds: number | null): void;
  onZoom(from: number, to: number): void;
  onReset(): void;
};
export type Clock = { zone: string; hour12: boolean };

const DAY_S = 86_400;
const RIGHT_ROOM = 2.4;

/** What is painted last is on top: what was earlier lies below. */
export function painted(lines: Line[]): Line[] {
  return [...lines.filter((line) => line.earlier), ...lines.filter((line) => !line.earlier)];
}

function shade(colour: string, share: number): string {
  return `color-mix(in srgb, ${colour} ${share}%, transparent)`;
}

function seriesOf(line: Line, only: boolean, theme: PlotTheme): uPlot.Series {
  const colour = line.earlier ? theme.text : (theme.chart[line.colour - 1] ?? theme.text);
  const dash = line.earlier ? [4, 4] : dashOf(line.order);
  return {
    label: line.label,
    scale: line.right ? "right" : "y",
    stroke: colour,
    width: line.earlier ? 1.25 : 1.75,
    ...(dash && { dash }),
    ...(only && !line.earlier && { fill: shade(colour, 10) }),
    ...(line.bars && { paths: () => null }),
    points: { show: line.bars ? false : lonely, size: 4, fill: colour },
  };
}

/** A reading between two gaps has no line: a dot makes it seen. */
const lonely: uPlot.Series.Points.Show = (u, index, from, to) =>
  (u.data[index] ?? []).slice(from, to + 1).filter((value) => value != null).length === 1;

function timeLabels({ zone, hour12 }: Clock) {
  return (_: uPlot, splits: number[], __: number, ___: number, step: number) =>
    splits.map((seconds) => {
      const at = seconds * 1000;
      const clock = formatTime(at, { zone, hour12 });
      const midnight = clock === "00:00" || /^12:00\s?am$/i.test(clock);
      return step >= DAY_S || midnight ? formatDate(at, zone).replace(/ \d{4}$/, "") : clock;
    });
}

/** Whole numbers only, for what is counted. */
const WHOLE = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9].flatMap((n) => [n, 2 * n, 5 * n]);

function axisOf(scale: "y" | "right", lines: Line[], theme: PlotTheme): uPlot.Axis {
  const mine = lines.filter((line) => line.right === (scale === "right"));
  const bytes = mine.some((line) => line.unit === "bytes");
  const counts = mine.every((line) => line.adds && line.unit === null);
  const colour = mine.find((line) => !line.earlier)?.colour ?? 1;
  return {
    scale,
    side: scale === "y" ? 3 : 1,
    ...(counts && { incrs: WHOLE }),
    stroke: scale === "right" ? (theme.chart[colour - 1] ?? theme.text) : theme.text,
    font: theme.font,
    size: (_, values) => Math.max(36, 14 + 7 * Math.max(...(values ?? [""]).map((v) => v.length))),
    space: 36,
    gap: 6,
    grid: { show: scale === "y", stroke: theme.grid, width: 1 },
    ticks: { show: false },
    values: (_, splits) => splits.map(bytes ? formatBytes : formatCompact),
  };
}

function rangeOf(live: Live, side: "y" | "right"): uPlot.Range.Function {
  return () => {
    const { lines } = live.scene.model;
    const mine = lines.filter((line) => line.right === (side === "right"));
    const heights = heightsOf(
      mine.flatMap((line) => (line.wild ? [line.values] : [line.values, line.open])),
    );
    const bars = mine.some((line) => line.bars || line.adds);
    const room = roomFor(heights);
    const base = bars && room.min > 0 ? { ...room, min: 0 } : room;
    // The lesser series stays below the one it belongs to.
    const high = side === "right" ? Math.max(base.max * RIGHT_ROOM, 5) : base.max;
    const { min, max } = live.scales[side].next({ ...base, max: high }, performance.now());
    return [min, max];
  };
}

function cursorOf(syncKey: string): uPlot.Cursor {
  return {
    y: false,
    drag: { x: true, y: false, setScale: false, dist: 6 },
    points: { size: 7, width: 2 },
    sync: {
      key: syncKey,
      setSeries: false,
      scales: ["x", null],
      // Only the crosshair: dragging over one chart is one zoom, not one for each.
      filters: { pub: (type) => type === "mousemove" || type === "mouseleave" },
    },
    bind: { dblclick: () => null },
  };
}

function hooksOf(live: Live): uPlot.Hooks.Arrays {
  return {
    drawAxes: [(u) => paintGaps(u, live.scene)],
    draw: [(u) => paintBuckets(u, live.scene)],
    setCursor: [
      (u) => {
        const { left } = u.cursor;
        live.onCursor(left === undefined || left < 0 ? null : u.posToVal(left, "x"));
      },
    ],
    setSelect: [
      (u) => {
        const { left, width } = u.select;
        if (width < 6) return;
        live.onZoom(u.posToVal(left, "x") * 1000, u.posToVal(left + width, "x") * 1000);
        u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      },
    ],
    ready: [(u) => u.over.addEventListener("dblclick", () => live.onReset())],
  };
}

/** Everything about a plot that stays as long as its lines, its colours and its clock do. */
export function plotOptions(
  live: Live,
  theme: PlotTheme,
  clock: Clock,
  size: { width: number; height: number },
  syncKey: string,
): uPlot.Options {
  const { lines } = live.scene.model;
  const right = lines.some((line) => line.right);
  const only = lines.filter((line) => !line.earlier && !line.right).length === 1;
  const axis = { stroke: theme.text, font: theme.font, ticks: { show: false }, gap: 6 };
  return {
    ...size,
    legend: { show: false },
    padding: [12, right ? 0 : 24, 0, 0],
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), clock.zone),
    cursor: cursorOf(syncKey),
    scales: {
      x: { time: true, range: () => [live.span.from / 1000, live.span.to / 1000] },
      y: { range: rangeOf(live, "y") },
      ...(right && { right: { range: rangeOf(live, "right") } }),
    },
    axes: [
      { ...axis, size: 24, space: 72, grid: { show: false }, values: timeLabels(clock) },
      axisOf("y", lines, theme),
      ...(right ? [axisOf("right", lines, theme)] : []),
    ],
    series: [{}, ...painted(lines).map((line) => seriesOf(line, only && !line.right, theme))],
    hooks: hooksOf(live),
  };
}
