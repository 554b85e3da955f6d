/** Figures beside what they may be at most. */

export interface Figure {
  name: string;
  value: number;
  /** At most, or, with `atLeast`, at least. */
  budget: number;
  unit?: string;
  atLeast?: boolean;
}

const say = (value: number) => value.toLocaleString("en", { maximumFractionDigits: 2 });

/** Prints them; whoever reads it knows how busy the machine was. */
export function report(title: string, figures: readonly Figure[]): void {
  const lines = figures.map(({ name, value, budget, unit = "", atLeast = false }) => {
    const held = atLeast ? value >= budget : value <= budget;
    const bound = `${atLeast ? "at least" : "at most"} ${say(budget)} ${unit}`;
    return `  ${name.padEnd(44)}${say(value).padStart(10)} ${unit.padEnd(3)} ${bound.padEnd(20)} ${held ? "ok" : "OVER"}`;
  });
  process.stdout.write(`\n${title}\n${lines.join("\n")}\n`);
}

/** The value that this share of the others does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0;
}
