import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import uPlot from "uplot";
import type { ChartModel } from "./chartData";
import { decimate } from "./decimate";
import { cancelDraw, requestDraw } from "./frames";
import { type Clock, type Live, painted, plotOptions } from "./plotOptions";
import { CalmScale } from "./plotScale";
import { readTheme, useThemeName } from "./plotTheme";
import type { Span } from "./range";

export type PlotHandle = {
  /** Puts the crosshair on a moment, in milliseconds; null takes it away. */
  pointAt(at: number | null): void;
};

type Props = {
  handle: Ref<PlotHandle>;
  model: ChartModel;
  span: Span;
  unheard: Span[];
  /** Whether it goes on: then its height changes calmly. */
  live: boolean;
  clock: Clock;
  height: number;
  syncKey: string;
  /** In milliseconds; null when the pointer leaves. */
  onCursor(at: number | null): void;
  onZoom(from: number, to: number): void;
  onReset(): void;
};

/** Lines that look different need another plot; new figures in the same lines do not. */
function looks({ lines }: ChartModel): string {
  return JSON.stringify(lines.map(({ values: _, open: __, ...look }) => look));
}

/** How wide buckets are: others are other data. */
function bucketOf({ starts, ends }: ChartModel): number {
  return (ends[1] ?? 0) - (starts[1] ?? 0);
}

function dataOf(model: ChartModel, columns: number): uPlot.AlignedData {
  const middles = model.starts.map((start, i) => (start + (model.ends[i] ?? start)) / 2000);
  const thin = decimate(
    middles,
    painted(model.lines).map((line) => line.values),
    columns,
  );
  return [thin.x, ...thin.series];
}

/** One uPlot: made when its lines first appear, drawn by the shared clock, destroyed when it leaves. */
export function Plot(props: Props) {
  const { handle, model, span, unheard, clock, height, syncKey } = props;
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const draw = useRef<(() => void) | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const theme = useThemeName();
  const look = looks(model);
  const { zone, hour12 } = clock;

  useImperativeHandle(handle, () => ({
    pointAt: (at) => {
      const u = plot.current;
      if (!u) return;
      // A bucket that is just leaving is pointed at on the edge: outside of it there is no cursor.
      const inside = (left: number) => Math.min(Math.max(left, 0), u.over.clientWidth);
      const left = at === null ? -10 : inside(u.valToPos(at / 1000, "x"));
      u.setCursor({ left, top: u.over.clientHeight / 2 });
    },
  }));

  // biome-ignore lint/correctness/useExhaustiveDependencies: `look` and `theme` stand for what is read from refs
  useEffect(() => {
    const place = box.current;
    if (!place) return;
    const colours = readTheme();
    const live: Live = {
      scene: { model: latest.current.model, unheard: latest.current.unheard, theme: colours },
      span: latest.current.span,
      scales: { y: new CalmScale(), right: new CalmScale() },
      onCursor: (seconds) => latest.current.onCursor(seconds === null ? null : seconds * 1000),
      onZoom: (from, to) => latest.current.onZoom(from, to),
      onReset: () => latest.current.onReset(),
    };
    const size = { width: place.clientWidth || 300, height };
    const options = plotOptions(live, colours, { zone, hour12 }, size, syncKey);
    const u = new uPlot(options, dataOf(latest.current.model, size.width), place);
    plot.current = u;
    const redraw = () => {
      const { model, span, unheard, live: moving } = latest.current;
      const other = bucketOf(model) !== bucketOf(live.scene.model);
      if (!moving || other) for (const scale of Object.values(live.scales)) scale.reset();
      live.scene = { model, unheard, theme: colours };
      live.span = span;
      u.setData(dataOf(model, u.width));
    };
    draw.current = redraw;
    const resized = new ResizeObserver(() => {
      if (place.clientWidth > 0) u.setSize({ width: place.clientWidth, height });
    });
    resized.observe(place);
    // What was measured in another font is measured again.
    void document.fonts?.ready.then(() => plot.current === u && u.redraw(false, true));
    return () => {
      resized.disconnect();
      cancelDraw(redraw);
      draw.current = null;
      plot.current = null;
      u.destroy();
    };
  }, [look, theme, zone, hour12, height, syncKey]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever of these changes has to be drawn
  useEffect(() => {
    if (draw.current) requestDraw(draw.current);
  }, [model, span.from, span.to, unheard.length]);

  return <div ref={box} className="min-w-0 overflow-hidden" style={{ height }} />;
}
