/** When the page is told of what came in: at most so often, and not while it is hidden. */

export interface FlushClock {
  /** `flush` runs soon, once, however often it is asked for until then. */
  soon(flush: () => void): void;
  cancel(flush: () => void): void;
}

export function flushClock(perSecond: number): FlushClock {
  const everyMs = 1000 / perSecond;
  const due = new Set<() => void>();
  let lastAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  document.addEventListener("visibilitychange", plan);
  return {
    soon: (flush) => {
      due.add(flush);
      plan();
    },
    cancel: (flush) => due.delete(flush),
  };

  function plan(): void {
    if (timer !== undefined || due.size === 0 || document.hidden) return;
    timer = setTimeout(run, Math.max(0, lastAt + everyMs - Date.now()));
  }

  function run(): void {
    timer = undefined;
    if (document.hidden) return;
    lastAt = Date.now();
    const flushes = [...due];
    due.clear();
    for (const flush of flushes) flush();
  }
}

export const chartClock = flushClock(10);
export const cardClock = flushClock(4);
export const presenceClock = flushClock(1);
