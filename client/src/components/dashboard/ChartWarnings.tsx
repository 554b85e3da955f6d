import { Badge } from "@/components/common/Badge";
import { Tooltip } from "@/components/common/Tooltip";
import { dashboardText } from "@/messages/dashboard";

const text = dashboardText.chart;

/** What the service says about how exact the figures are. */
export function ChartWarnings({ warnings }: { warnings: readonly string[] }) {
  const words = warnings.join(" ");
  return (
    <Tooltip label={words}>
      <button type="button" className="rounded-full" aria-label={`${text.note}: ${words}`}>
        <Badge tone="warn">{text.note}</Badge>
      </button>
    </Tooltip>
  );
}
