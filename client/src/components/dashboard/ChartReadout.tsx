import { dashboardText } from "@/messages/dashboard";
import { useDashboard } from "@/store/dashboard";
import { bucketLabel, formatValue } from "./bucketLabel";
import { bucketAt, latestBucket } from "./chartCursor";
import type { ChartModel, Line } from "./chartData";
import { partOf, valueAt } from "./chartSummary";
import { dashOf } from "./dashes";
import type { Clock } from "./plotOptions";
import { DAY_MS } from "./range";

const text = dashboardText.chart;

type Props = { model: ChartModel; clock: Clock; unheard: boolean };

/** The legend, with the values under the crosshair, or else the latest complete ones. */
export function ChartReadout({ model, clock, unheard }: Props) {
  const pointed = useDashboard(({ cursorAt }) =>
    cursorAt === null ? -1 : bucketAt(model, cursorAt),
  );
  const index = pointed < 0 ? latestBucket(model) : pointed;
  const [from, to] = [model.starts[index], model.ends[index]];
  if (from === undefined || to === undefined) return null;
  const severalDays = (model.ends.at(-1) ?? 0) - (model.starts[0] ?? 0) > DAY_MS * 1.1;
  const part = partOf(model, index);
  return (
    <div className="mb-1 flex min-h-10 flex-wrap content-start items-baseline gap-x-4 text-caption text-muted @md:min-h-5">
      {model.lines.map((line) => (
        <span key={line.label} className="inline-flex items-baseline gap-1.5 whitespace-nowrap">
          <Swatch line={line} />
          {line.label}
          <span className="font-medium text-text">
            {formatValue(valueAt(line, index), line.unit)}
          </span>
          {line.right && <span className="sr-only">({text.rightAxis})</span>}
        </span>
      ))}
      {(model.gaps.length > 0 || unheard) && (
        <span className="inline-flex items-center gap-1.5 text-subtle">
          <span
            aria-hidden
            className="inline-block size-3 border border-hairline bg-[repeating-linear-gradient(-45deg,var(--color-control)_0_1px,transparent_1px_4px)]"
          />
          {[model.gaps.length > 0 && text.noData, unheard && text.unheard]
            .filter(Boolean)
            .join(", ")}
        </span>
      )}
      <span className="ms-auto whitespace-nowrap text-subtle">
        {bucketLabel({ from, to }, clock, severalDays)}
        {part && `, ${text.part[part]}`}
      </span>
    </div>
  );
}

/** A piece of the line, so that its dashes tell it apart where colours do not. */
function Swatch({ line }: { line: Line }) {
  const dash = line.earlier ? [4, 4] : dashOf(line.order);
  return (
    <svg aria-hidden width="18" height="8" className="self-center text-subtle">
      <line
        x1="0"
        x2="18"
        y1="4"
        y2="4"
        stroke={line.earlier ? "currentColor" : `var(--chart-${line.colour})`}
        strokeWidth={line.bars ? 8 : 2}
        strokeDasharray={line.bars ? "4 3" : dash?.join(" ")}
      />
    </svg>
  );
}
