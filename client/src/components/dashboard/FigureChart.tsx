import { useActiveUsers } from "@/hooks/useActiveUsers";
import { useMetricChart } from "@/hooks/useMetricChart";
import { useResponseTimes } from "@/hooks/useResponseTimes";
import { dashboardText } from "@/messages/dashboard";
import { ChartPanel } from "./ChartPanel";
import type { Frame } from "./frame";
import { statRange } from "./range";
import { namedSource, percentileSource } from "./sources";
import type { Figure } from "./view";

const text = dashboardText.chart;
const NAMES = {
  requests: ["api.requests", "api.errors"],
  online: ["users.online"],
  new: ["users.total"],
};

type Props = { frame: Frame; height: number };

/** The history of the chosen figure. */
export function FigureChart({ figure, ...rest }: Props & { figure: Figure }) {
  if (figure === "response") return <ResponseChart {...rest} />;
  if (figure === "active") return <ActiveChart {...rest} />;
  const id = figure === "errors" ? "requests" : figure;
  return <NamedChart key={id} id={id} {...rest} />;
}

function NamedChart({ id, frame, height }: Props & { id: keyof typeof NAMES }) {
  const data = useMetricChart(NAMES[id], frame.query);
  return <ChartPanel {...{ data, frame, height }} title={text[id]} toSource={namedSource} />;
}

function ResponseChart({ frame, height }: Props) {
  const data = useResponseTimes(frame.query);
  return (
    <ChartPanel {...{ data, frame, height }} title={text.response} toSource={percentileSource} />
  );
}

function ActiveChart({ frame, height }: Props) {
  const { range } = statRange(frame.view.range);
  const data = useActiveUsers(frame.query, range);
  return <ChartPanel {...{ data, frame, height }} title={text.active} toSource={namedSource} />;
}
