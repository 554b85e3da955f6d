import { type KeyboardEvent, useEffect, useRef } from "react";
import { lazyLayer } from "@/components/common/lazyLayer";
import { useDebounced } from "@/hooks/useDebounced";
import { dashboardText } from "@/messages/dashboard";
import { useDashboard } from "@/store/dashboard";
import type { Stretch } from "@/types/api";
import { bucketLabel, formatValue } from "./bucketLabel";
import { bucketAt, latestBucket, moveCursor } from "./chartCursor";
import type { ChartModel } from "./chartData";
import { valueAt } from "./chartSummary";
import type { Frame } from "./frame";
import type { PlotHandle } from "./Plot";
import type { Zoom } from "./useZoom";

type Props = {
  title: string;
  model: ChartModel;
  unheard: Stretch[];
  frame: Frame;
  zoom: Zoom;
  height: number;
};

// Figures and words are there sooner than what draws.
const Plot = lazyLayer(
  () => import("./Plot").then((code) => code.Plot),
  (fetch) => fetch(),
);
const ANNOUNCE_MS = 250;
const point = (at: number | null) => useDashboard.getState().set({ cursorAt: at });

/** The drawing, with a cursor for keys: its value is announced as a slider's. */
export function ChartCanvas({ title, model, unheard, frame, zoom, height }: Props) {
  const plot = useRef<PlotHandle>(null);
  const pointed = useDashboard(({ cursorAt }) =>
    cursorAt === null ? -1 : bucketAt(model, cursorAt),
  );
  const index = pointed < 0 ? latestBucket(model) : pointed;
  const words = useDebounced(wordsOf(model, index, frame), ANNOUNCE_MS);
  useEffect(() => () => point(null), []);

  const moveTo = (to: number) => {
    const middle = ((model.starts[to] ?? 0) + (model.ends[to] ?? 0)) / 2;
    point(middle);
    plot.current?.pointAt(middle);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = moveCursor(event.key, event.shiftKey, index, model.starts.length);
    const at = pointed < 0 ? undefined : model.starts[index];
    if (to !== undefined) moveTo(to);
    else if (event.key === "+" || event.key === "=") zoom.in(at);
    else if (event.key === "-") zoom.out();
    else if (event.key === "0") zoom.reset();
    else return;
    event.preventDefault();
  };
  const onBlur = () => {
    point(null);
    plot.current?.pointAt(null);
  };

  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={dashboardText.chart.cursor(title)}
      aria-valuemin={0}
      aria-valuemax={Math.max(model.starts.length - 1, 0)}
      aria-valuenow={Math.max(index, 0)}
      aria-valuetext={words}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
      className="rounded-control"
    >
      <div style={{ height }}>
        <Plot
          handle={plot}
          model={model}
          span={frame.span}
          unheard={unheard}
          live={frame.query.live}
          clock={frame.clock}
          height={height}
          syncKey="dashboard"
          onCursor={point}
          onZoom={zoom.to}
          onReset={zoom.reset}
        />
      </div>
    </div>
  );
}

function wordsOf(model: ChartModel, index: number, frame: Frame): string {
  const [from, to] = [model.starts[index], model.ends[index]];
  if (from === undefined || to === undefined) return dashboardText.chart.nothing;
  const values = model.lines.map(
    (line) => `${line.label} ${formatValue(valueAt(line, index), line.unit)}`,
  );
  return `${bucketLabel({ from, to }, frame.clock, true)}: ${values.join(", ")}`;
}
