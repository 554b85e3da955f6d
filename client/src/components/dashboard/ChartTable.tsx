import { dashboardText } from "@/messages/dashboard";
import { bucketLabel, formatValue } from "./bucketLabel";
import type { ChartModel } from "./chartData";
import { bucketsPerRow, tableRows } from "./chartSummary";
import type { Clock } from "./plotOptions";

const text = dashboardText.chart;

type Props = { title: string; model: ChartModel; clock: Clock; height: number };

/** The same figures as a table, newest first. */
export function ChartTable({ title, model, clock, height }: Props) {
  const each = bucketsPerRow(model);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it
    <section aria-label={title} tabIndex={0} className="overflow-auto" style={{ height }}>
      {each > 1 && <p className="pb-2 text-caption text-subtle">{text.table.merged(each)}</p>}
      <table className="w-full text-table">
        <caption className="sr-only">{text.table.caption(title)}</caption>
        <thead className="sticky top-0 bg-card">
          <tr className="text-caption text-muted">
            <th scope="col" className="py-1 pe-3 text-start font-medium">
              {text.table.time}
            </th>
            {model.lines.map((line) => (
              <th key={line.label} scope="col" className="py-1 ps-3 text-end font-medium">
                {line.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tableRows(model).map((row) => (
            <tr key={row.start} className="border-t border-hairline">
              <th scope="row" className="py-1 pe-3 text-start font-normal text-muted">
                {bucketLabel({ from: row.start, to: row.end }, clock, true)}
                {row.part && <span className="text-subtle">, {text.part[row.part]}</span>}
              </th>
              {row.values.map((value, i) => (
                <td key={model.lines[i]?.label} className="py-1 ps-3 text-end">
                  {formatValue(value, model.lines[i]?.unit ?? null)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
