/** Waiting between tries: longer each time, by chance, and cut short by good news. */

const FIRST_MS = 1_000;
const LONGEST_MS = 15_000;

/** Full jitter, so that a thousand clients do not come back at once. */
export function backoffMs(tries: number, random: () => number = Math.random): number {
  return random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(tries, 10));
}

const waiting = new Set<() => void>();

/** Resolves after `ms`, or as soon as somebody says `wakeAll`. */
export function patiently(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      waiting.delete(done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    waiting.add(done);
  });
}

export function wakeAll(): void {
  for (const done of [...waiting]) done();
}
