/** Which bucket a moment falls into, and where keys move to. */
import type { ChartModel } from "./chartData";

/** The bucket that holds the moment, or the nearest one; -1 when there is none. */
export function bucketAt({ starts }: ChartModel, at: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return starts.length ? low : -1;
}

/** The latest bucket with a complete value; the last one when none is. */
export function latestBucket({ starts, lines }: ChartModel): number {
  for (let i = starts.length - 1; i >= 0; i--)
    if (lines.some((line) => !line.earlier && line.values[i] != null)) return i;
  return starts.length - 1;
}

/** Where a key moves the cursor to; undefined when it does not. */
export function moveCursor(
  key: string,
  shift: boolean,
  index: number,
  count: number,
): number | undefined {
  const step = shift ? 10 : 1;
  const moves: Record<string, number> = {
    ArrowLeft: index - step,
    ArrowRight: index + step,
    Home: 0,
    End: count - 1,
  };
  const to = moves[key];
  return to === undefined ? undefined : Math.min(Math.max(to, 0), count - 1);
}
