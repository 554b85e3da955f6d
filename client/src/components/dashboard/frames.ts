/** One clock for all charts: they draw together, at most ten times a second, and only when seen. */

const FRAME_MS = 100;

type Draw = () => void;

const waiting = new Set<Draw>();
let lastAt = 0;
let scheduled = false;

function tick(now: number): void {
  scheduled = false;
  if (now - lastAt < FRAME_MS) {
    schedule();
    return;
  }
  lastAt = now;
  const due = [...waiting];
  waiting.clear();
  for (const draw of due) draw();
}

function schedule(): void {
  if (scheduled || waiting.size === 0) return;
  scheduled = true;
  // A hidden tab has no animation frames: what waits is drawn once, on return.
  requestAnimationFrame(tick);
}

/** Asks for one drawing; asking again before it happened changes nothing. */
export function requestDraw(draw: Draw): void {
  waiting.add(draw);
  schedule();
}

export function cancelDraw(draw: Draw): void {
  waiting.delete(draw);
}
