import { Button } from "@/components/common/Button";
import { formatDate } from "@/components/common/format";
import { useMetricChart } from "@/hooks/useMetricChart";
import { dashboardText } from "@/messages/dashboard";
import { ChartPanel } from "./ChartPanel";
import type { Frame } from "./frame";
import type { MetricName } from "./metricNames";
import { dayOf } from "./range";
import { metricSource } from "./sources";

const text = dashboardText.chart;

type Props = {
  names: string[];
  /** undefined when nothing was ever recorded under it. */
  info: MetricName | undefined;
  frame: Frame;
  height: number;
  onRemove(): void;
};

/** A metric somebody chose. */
export function MetricChart({ names, info, frame, height, onRemove }: Props) {
  const data = useMetricChart(names, frame.query);
  const title = names.join(", ");
  const { zone } = frame.clock;
  const first = info && Date.parse(info.firstAt);
  const day = first === undefined ? "" : formatDate(first, zone);
  const showFirst = () =>
    first !== undefined && frame.patch({ range: dayOf(first, zone), zoom: undefined });
  return (
    <ChartPanel
      {...{ title, data, frame, height, onRemove }}
      toSource={metricSource}
      emptyBody={info ? text.firstAt(day) : text.unknown(title)}
      emptyAction={info && <Button onClick={showFirst}>{text.showDay(day)}</Button>}
    />
  );
}
