/** How high a chart is: wider at once, narrower only after a while, so that nothing twitches. */

export const CALM_MS = 5_000;
/** Air above the highest point. */
const HEADROOM = 1.08;

export type Heights = { min: number; max: number };

/** The least and greatest of the values; undefined when there is none. */
export function heightsOf(columns: (number | null | undefined)[][]): Heights | undefined {
  let heights: Heights | undefined;
  for (const values of columns)
    for (const value of values) {
      if (value == null) continue;
      if (!heights) heights = { min: value, max: value };
      else if (value < heights.min) heights.min = value;
      else if (value > heights.max) heights.max = value;
    }
  return heights;
}

/** Room around the values: from zero, unless they are all far away from it. */
export function roomFor(heights: Heights | undefined): Heights {
  if (!heights) return { min: 0, max: 1 };
  const { min, max } = heights;
  const spread = max - min;
  const far = min > 0 && spread < min / 4;
  if (spread === 0)
    return min >= 0 ? { min: 0, max: (max || 1) * 1.5 } : { min: min * 1.5, max: 0 };
  return {
    min: min >= 0 ? (far ? min - spread * 0.5 : 0) : min - spread * (HEADROOM - 1),
    max: max <= 0 ? 0 : max + (far ? spread * 0.5 : max * (HEADROOM - 1)),
  };
}

/** Remembers the height of one axis. */
export class CalmScale {
  private shown: Heights | undefined;
  private smallerSince: number | undefined;

  next(wanted: Heights, now: number): Heights {
    const shown = this.shown;
    if (!shown) return this.show(wanted);
    const wider = wanted.max > shown.max || wanted.min < shown.min;
    const narrower = wanted.max < shown.max || wanted.min > shown.min;
    if (!narrower) this.smallerSince = undefined;
    else this.smallerSince ??= now;
    if (this.smallerSince !== undefined && now - this.smallerSince >= CALM_MS) {
      this.smallerSince = undefined;
      return this.show(wanted);
    }
    if (!wider) return shown;
    return this.show({
      min: Math.min(wanted.min, shown.min),
      max: Math.max(wanted.max, shown.max),
    });
  }

  /** Forgets: other data follows. */
  reset(): void {
    this.shown = undefined;
    this.smallerSince = undefined;
  }

  private show(heights: Heights): Heights {
    this.shown = heights;
    return heights;
  }
}
