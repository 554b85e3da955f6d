import type { QueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { PageHeader } from "@/components/common/PageHeader";
import { ActivityFeed } from "@/components/dashboard/ActivityFeed";
import { FigureCards } from "@/components/dashboard/FigureCards";
import { FigureChart } from "@/components/dashboard/FigureChart";
import { firstFigures } from "@/components/dashboard/first";
import { MetricChart } from "@/components/dashboard/MetricChart";
import { MetricChooser } from "@/components/dashboard/MetricChooser";
import { firstChoice } from "@/components/dashboard/metricNames";
import { OnlinePeople } from "@/components/dashboard/OnlinePeople";
import { PastChip } from "@/components/dashboard/PastChip";
import { Toolbar } from "@/components/dashboard/Toolbar";
import { useFrame } from "@/components/dashboard/useFrame";
import { statsQuery } from "@/hooks/useLiveStats";
import { useMediaQuery } from "@/hooks/useMediaQuery";
import { useMetricNames } from "@/hooks/useMetricNames";
import { sparklinesQuery } from "@/hooks/useSparklines";
import { dashboardText } from "@/messages/dashboard";
import { useUi } from "@/store/ui";
import { zoneOf } from "@/store/zone";

const NO_NAMES: never[] = [];

/** Asks for the figures; those that have come by the time the page is drawn are in it at once. */
export async function prepare(client: QueryClient, address: URL): Promise<void> {
  const zone = zoneOf(useUi.getState().timeZone);
  const { stats, sparklines } = firstFigures(address.searchParams, zone);
  await Promise.all([
    client.prefetchQuery(statsQuery(stats.range)),
    client.prefetchQuery(sparklinesQuery(sparklines)),
  ]);
}

export default function DashboardPage() {
  const frame = useFrame();
  const { view, patch, paused } = frame;
  const { data: names = NO_NAMES } = useMetricNames();
  const narrow = useMediaQuery("(width < 40rem)");
  const chosen = useMemo(() => view.metrics ?? firstChoice(names), [view.metrics, names]);
  const choose = (metrics: string[]) => patch({ metrics });
  const height = narrow ? 200 : 220;
  return (
    <>
      <PageHeader
        title={dashboardText.title}
        actions={
          <>
            <PastChip frame={frame} />
            <MetricChooser names={names} chosen={chosen} onChange={choose} />
          </>
        }
      />
      <Toolbar frame={frame} />
      <FigureCards frame={frame} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="grid min-w-0 gap-4 lg:grid-cols-2 lg:[&>:last-child:nth-child(even)]:col-span-2">
          <div className="min-w-0 lg:col-span-2">
            <FigureChart figure={view.figure} frame={frame} height={narrow ? 200 : 280} />
          </div>
          <FigureChart
            figure={view.figure === "response" ? "requests" : "response"}
            {...{ frame, height }}
          />
          {chosen.map((name) => (
            <MetricChart
              key={name}
              names={[name]}
              info={names.find((metric) => metric.name === name)}
              onRemove={() => choose(chosen.filter((one) => one !== name))}
              {...{ frame, height }}
            />
          ))}
        </div>
        <div className="grid min-w-0 gap-4 md:grid-cols-2 xl:grid-cols-1">
          <ActivityFeed frame={frame} />
          <OnlinePeople paused={paused} />
        </div>
      </div>
    </>
  );
}
