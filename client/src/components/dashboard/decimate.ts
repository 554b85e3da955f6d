/** Fewer points than pixels, without losing a peak. */

export type Column = (number | null | undefined)[];

/** Keeps the index if the value is the least or the greatest of its pixel column so far. */
function extremes(values: Column, from: number, to: number): number[] {
  let low = -1;
  let high = -1;
  for (let i = from; i < to; i++) {
    const value = values[i];
    if (value == null) continue;
    if (low < 0 || value < (values[low] as number)) low = i;
    if (high < 0 || value > (values[high] as number)) high = i;
  }
  return low < 0 ? [] : low === high ? [low] : [low, high];
}

/**
 * At most two points a pixel column and series: its least and its greatest.
 *
 * A column without any value keeps one, null, so that gaps stay gaps. Where one series keeps a
 * point another does not need, that other has `undefined`, which draws as if it were not there.
 */
export function decimate(
  x: number[],
  series: Column[],
  columns: number,
): { x: number[]; series: Column[] } {
  if (x.length <= columns * 2 || columns < 1) return { x, series };
  const first = x[0] as number;
  const width = ((x[x.length - 1] as number) - first) / columns;
  const keptX: number[] = [];
  const kept: Column[] = series.map(() => []);
  for (let from = 0; from < x.length; ) {
    const edge = first + (Math.floor(((x[from] as number) - first) / width) + 1) * width;
    let to = from + 1;
    while (to < x.length && (x[to] as number) < edge) to++;
    const wanted = series.map((values) => new Set(extremes(values, from, to)));
    const all = new Set(wanted.flatMap((indexes) => [...indexes]));
    if (all.size === 0) all.add(from);
    for (const i of [...all].sort((a, b) => a - b)) {
      keptX.push(x[i] as number);
      series.forEach((values, s) => {
        const empty = wanted[s]?.size === 0;
        kept[s]?.push(wanted[s]?.has(i) ? values[i] : empty ? null : undefined);
      });
    }
    from = to;
  }
  return { x: keptX, series: kept };
}
