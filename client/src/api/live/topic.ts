/** Something live that the page looks at: buffered outside React, shared by all who look. */

import type { FlushClock } from "@/api/live/clock";

export interface Topic<S> {
  subscribe(listener: () => void): () => void;
  getSnapshot(): S;
}

/** Where a topic's news come from. */
export interface Source<S> {
  /** Begins to listen and says `changed` when `snapshot` is another; gives back how to stop. */
  open(changed: () => void): () => void;
  snapshot(): S;
  /** Forgets everything: somebody else is signed in. */
  clear(): void;
}

// Leaving a page and coming back, or moving a chart, keeps what was gathered.
const LINGER_MS = 5_000;

const KEPT = 16;

const open = new Set<LiveTopic<unknown>>();

class LiveTopic<S> implements Topic<S> {
  private readonly listeners = new Set<() => void>();
  private stop: (() => void) | undefined;
  private lingering: ReturnType<typeof setTimeout> | undefined;
  private current: S;

  constructor(
    private readonly source: Source<S>,
    private readonly clock: FlushClock,
  ) {
    this.current = source.snapshot();
  }

  subscribe = (listener: () => void): (() => void) => {
    clearTimeout(this.lingering);
    this.listeners.add(listener);
    open.add(this as LiveTopic<unknown>);
    this.stop ??= this.source.open(this.changed);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.lingering = setTimeout(this.close, LINGER_MS);
    };
  };

  getSnapshot = (): S => this.current;

  /** Begins anew, with nothing. */
  restart(): void {
    this.stop?.();
    this.source.clear();
    this.flush();
    this.stop = this.listeners.size > 0 ? this.source.open(this.changed) : undefined;
  }

  private readonly changed = (): void => this.clock.soon(this.flush);

  private readonly flush = (): void => {
    this.current = this.source.snapshot();
    for (const listener of [...this.listeners]) listener();
  };

  private readonly close = (): void => {
    if (this.listeners.size > 0) return;
    this.restart();
    this.clock.cancel(this.flush);
    open.delete(this as LiveTopic<unknown>);
  };
}

export function topic<S>(source: Source<S>, clock: FlushClock): Topic<S> {
  return new LiveTopic(source, clock);
}

/** One topic for each different argument; of many, the latest are remembered. */
export function topicsBy<A, S>(make: (argument: A) => Topic<S>): (argument: A) => Topic<S> {
  const made = new Map<string, Topic<S>>();
  return (argument) => {
    const key = JSON.stringify(argument);
    const found = made.get(key) ?? make(argument);
    made.delete(key);
    made.set(key, found);
    if (made.size > KEPT) made.delete(made.keys().next().value as string);
    return found;
  };
}

/** Forgets what the last person was shown. */
export function restartTopics(): void {
  for (const one of [...open]) one.restart();
}
