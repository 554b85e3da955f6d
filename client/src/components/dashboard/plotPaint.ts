/** What uPlot does not draw by itself: gaps, open buckets and bars. */
import type uPlot from "uplot";
import type { ChartModel, Line } from "./chartData";
import type { PlotTheme } from "./plotTheme";
import type { Span } from "./range";

export type Scene = { model: ChartModel; unheard: Span[]; theme: PlotTheme };

const BAR_SHARE = 0.64;
const BAR_ALPHA = 0.75;
const OPEN_ALPHA = 0.35;

function tile(theme: PlotTheme, ratio: number): HTMLCanvasElement {
  const size = Math.round(8 * ratio);
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  const ctx = canvas.getContext("2d");
  if (!ctx) return canvas;
  ctx.strokeStyle = theme.hatch;
  ctx.globalAlpha = 0.4;
  ctx.lineWidth = ratio;
  ctx.beginPath();
  for (const shift of [-size, 0, size]) {
    ctx.moveTo(shift, size);
    ctx.lineTo(shift + size, 0);
  }
  ctx.stroke();
  return canvas;
}

/** Hatches the stretches of which nothing is known. */
export function paintGaps(u: uPlot, { model, unheard, theme }: Scene): void {
  const spans = [...model.gaps, ...unheard];
  if (spans.length === 0) return;
  const { ctx, bbox } = u;
  const pattern = ctx.createPattern(tile(theme, devicePixelRatio), "repeat");
  if (!pattern) return;
  ctx.save();
  ctx.fillStyle = pattern;
  for (const span of spans) {
    const from = Math.max(u.valToPos(span.from / 1000, "x", true), bbox.left);
    const to = Math.min(u.valToPos(span.to / 1000, "x", true), bbox.left + bbox.width);
    if (to > from) ctx.fillRect(from, bbox.top, to - from, bbox.height);
  }
  ctx.restore();
}

type Side = { scale: "y" | "right"; colour: string };
/** The part of a bucket's width a bar has: lines beside each other share it. */
type Slot = { from: number; share: number };

function paintBar(
  u: uPlot,
  span: Span,
  value: number,
  { scale, colour }: Side,
  slot: Slot,
  alpha: number,
): void {
  const start = u.valToPos(span.from / 1000, "x", true);
  const width = u.valToPos(span.to / 1000, "x", true) - start;
  const base = u.valToPos(0, scale, true);
  const top = u.valToPos(value, scale, true);
  const left = start + width * ((1 - BAR_SHARE) / 2 + BAR_SHARE * slot.from);
  u.ctx.fillStyle = colour;
  u.ctx.globalAlpha = alpha;
  const size = Math.max(width * BAR_SHARE * slot.share, 1);
  u.ctx.fillRect(left, Math.min(top, base), size, Math.abs(base - top));
}

/** A dashed way from the last complete reading to the one that may still change. */
function paintOpenReading(u: uPlot, model: ChartModel, line: Line, at: number, side: Side): void {
  const { ctx } = u;
  const middle = (i: number) => ((model.starts[i] ?? 0) + (model.ends[i] ?? 0)) / 2000;
  const before = at - 1;
  const [x, y] = [
    u.valToPos(middle(at), "x", true),
    u.valToPos(line.open[at] ?? 0, side.scale, true),
  ];
  const previous = line.values[before];
  ctx.globalAlpha = 0.7;
  ctx.strokeStyle = side.colour;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  if (previous != null) {
    ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(u.valToPos(middle(before), "x", true), u.valToPos(previous, side.scale, true));
    ctx.lineTo(x, y);
    ctx.stroke();
    ctx.setLineDash([]);
  }
  ctx.beginPath();
  ctx.arc(x, y, 2.5 * devicePixelRatio, 0, 2 * Math.PI);
  ctx.stroke();
}

function paintLine(u: uPlot, scene: Scene, line: Line, slot: Slot): void {
  const { model, theme } = scene;
  const colour = theme.chart[line.colour - 1] ?? theme.text;
  const side: Side = { scale: line.right ? "right" : "y", colour };
  model.starts.forEach((from, i) => {
    const span = { from, to: model.ends[i] ?? from };
    const [value, open] = [line.values[i], line.open[i]];
    if (line.bars && value != null) paintBar(u, span, value, side, slot, BAR_ALPHA);
    // The first bucket is cut by where the chart begins: that says nothing.
    if (open == null || i === 0 || line.wild) return;
    // A sum that is still growing is a bar that fills, not a line that falls.
    if (line.adds) paintBar(u, span, open, side, slot, OPEN_ALPHA);
    else paintOpenReading(u, model, line, i, side);
  });
}

/** Bars and open buckets, over the lines. */
export function paintBuckets(u: uPlot, scene: Scene): void {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  const lines = scene.model.lines.filter((line) => !line.earlier);
  const share = 1 / lines.length;
  lines.forEach((line, i) => {
    paintLine(u, scene, line, { from: i * share, share });
  });
  ctx.restore();
}
