/** Whether the other end of an open socket still answers. */

// An open socket over a dead network says nothing of it: no close, no error.
const PATIENCE_MS = 10_000;
const LOOK_MS = 1_000;

export interface Pulse {
  asked(): void;
  heard(): void;
  stop(): void;
}

/** Calls `look` once a second, and `dead` when a ping went unanswered for 10 s. */
export function watchPulse(look: () => void, dead: () => void): Pulse {
  let askedAt = 0;
  const timer = setInterval(() => {
    look();
    if (askedAt === 0 || Date.now() - askedAt < PATIENCE_MS) return;
    askedAt = 0;
    dead();
  }, LOOK_MS);
  return {
    asked: () => {
      askedAt ||= Date.now();
    },
    heard: () => {
      askedAt = 0;
    },
    stop: () => clearInterval(timer),
  };
}
