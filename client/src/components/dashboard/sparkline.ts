/** The little line of a figure: 60 points at most, as an SVG path. */

export const SPARK_POINTS = 60;

export type SparkSize = { width: number; height: number };

/** Averages neighbours until there are at most `limit`; a stretch of nulls stays null. */
export function condense(values: (number | null)[], limit = SPARK_POINTS): (number | null)[] {
  if (values.length <= limit) return values;
  const out: (number | null)[] = [];
  for (let i = 0; i < limit; i++) {
    const part = values
      .slice(Math.floor((i * values.length) / limit), Math.floor(((i + 1) * values.length) / limit))
      .filter((value) => value !== null);
    out.push(part.length ? part.reduce((sum, value) => sum + value, 0) / part.length : null);
  }
  return out;
}

/** `d` of a line through the values, with a break at each null; "" for fewer than two values. */
export function sparkPath(values: (number | null)[], { width, height }: SparkSize): string {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return "";
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const step = width / (values.length - 1);
  const y = (value: number) =>
    high === low ? height / 2 : 1 + ((high - value) / (high - low)) * (height - 2);
  let pen = false;
  let path = "";
  values.forEach((value, i) => {
    if (value === null) pen = false;
    else {
      path += `${pen ? "L" : "M"}${(i * step).toFixed(1)} ${y(value).toFixed(1)}`;
      pen = true;
    }
  });
  return path;
}
