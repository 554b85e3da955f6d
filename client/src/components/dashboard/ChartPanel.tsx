import { type ReactNode, useId, useMemo, useState } from "react";
import { EmptyState } from "@/components/common/EmptyState";
import { Panel } from "@/components/common/Panel";
import { Skeleton } from "@/components/common/Skeleton";
import { useUnheard } from "@/hooks/useUnheard";
import { dashboardText } from "@/messages/dashboard";
import { useDashboard } from "@/store/dashboard";
import type { Interval } from "@/types/api";
import type { ChartData } from "@/types/chart";
import { formatValue } from "./bucketLabel";
import { ChartActions } from "./ChartActions";
import { ChartCanvas } from "./ChartCanvas";
import { ChartReadout } from "./ChartReadout";
import { ChartTable } from "./ChartTable";
import { ChartWarnings } from "./ChartWarnings";
import { type ChartModel, chartModel, type Source } from "./chartData";
import { factsOf } from "./chartSummary";
import type { Frame } from "./frame";
import { useRefreshable } from "./refresh";
import { useHeld } from "./useHeld";
import { useZoom } from "./useZoom";

const text = dashboardText.chart;

type Props = {
  title: string;
  data: ChartData;
  /** Which line is what; the same function as long as it says the same. */
  toSource(series: ChartData["series"][number], index: number): Source;
  frame: Frame;
  height: number;
  /** What to do when there is nothing to show. */
  emptyAction?: ReactNode;
  emptyBody?: string | undefined;
  onRemove?: (() => void) | undefined;
};

/** A time series in a card: chart or table, in every state its data may be in. */
export function ChartPanel(props: Props) {
  const { title, toSource, frame, height, emptyAction, emptyBody, onRemove } = props;
  const [asTable, setAsTable] = useState(false);
  const refreshing = useDashboard((state) => state.refreshing);
  const key = JSON.stringify([frame.query, props.data.settling, props.data.loading]);
  const data = useHeld(props.data, frame.paused, key);
  const model = useChartModel(data, toSource, frame);
  const zoom = useZoom(frame);
  const { from, to } = frame.span;
  const unheard = useUnheard().filter((gap) => gap.to > from && gap.from < to);
  useRefreshable(title, props.data.refetch);
  const nothing = model.lines.length === 0 && !data.loading;
  return (
    <Panel
      title={title}
      badge={data.warnings.length > 0 && !nothing && <ChartWarnings warnings={data.warnings} />}
      loading={data.loading}
      refreshing={data.settling || refreshing}
      error={data.error}
      updatedAt={data.updatedAt}
      onRetry={() => void data.refetch()}
      skeleton={<Blank height={height} />}
      empty={
        nothing && (
          <div className="grid content-center" style={{ minHeight: height + 24 }}>
            <EmptyState title={text.empty} body={emptyBody} action={emptyAction} />
          </div>
        )
      }
      actions={
        <ChartActions
          zoom={zoom}
          asTable={asTable}
          onTable={setAsTable}
          onRemove={onRemove}
          title={title}
        />
      }
    >
      <Figure title={title} model={model} interval={data.interval}>
        <ChartReadout model={model} clock={frame.clock} unheard={unheard.length > 0} />
        {asTable ? (
          <ChartTable title={title} model={model} clock={frame.clock} height={height} />
        ) : (
          <ChartCanvas {...{ title, model, frame, zoom, height }} unheard={unheard} />
        )}
      </Figure>
    </Panel>
  );
}

/** As tall as the readout and the chart will be. */
function Blank({ height }: { height: number }) {
  return (
    <div className="@container">
      <div className="pt-11 @md:pt-6">
        <div style={{ height }}>
          <Skeleton className="h-full" />
        </div>
      </div>
    </div>
  );
}

function useChartModel(data: ChartData, toSource: Props["toSource"], { view }: Frame): ChartModel {
  const { series, updatedAt } = data;
  const { compare } = view;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a later answer that says the same draws the same
  return useMemo(() => {
    const when = compare && dashboardText.compare.of[compare];
    const earlier = when ? (label: string) => text.earlier(label, when) : undefined;
    return chartModel(series.map(toSource), updatedAt ?? Date.now(), earlier);
  }, [series, toSource, compare]);
}

type FigureProps = {
  title: string;
  model: ChartModel;
  interval: Interval | undefined;
  children: ReactNode;
};

function Figure({ title, model, interval, children }: FigureProps) {
  const id = useId();
  const summary = useMemo(() => summaryOf(model), [model]);
  return (
    <figure aria-label={title} aria-describedby={id} className="@container">
      {children}
      <figcaption id={id} className="sr-only">
        {interval && text.perBucket(dashboardText.every[interval])} {summary}
      </figcaption>
    </figure>
  );
}

function summaryOf(model: ChartModel): string {
  const sentences = model.lines.flatMap((line) => {
    const facts = factsOf(line);
    if (!facts) return [];
    const said = (value: number) => formatValue(value, line.unit);
    const { last, min, max, trend } = facts;
    const words = { last: said(last), min: said(min), max: said(max), trend: text.trend[trend] };
    return [text.facts({ label: line.label, ...words })];
  });
  if (model.gaps.length > 0) sentences.push(text.gaps(model.gaps.length));
  return sentences.join(" ") || text.nothing;
}
