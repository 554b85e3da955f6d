/** Writes 50 events and 200 points a second, as a busy week would in an hour. */

import { Api } from "../support/api.ts";

const EVERY_MS = 100;
const EVENTS = 5;
const POINTS = 5;
// Access tokens last half an hour.
const SIGN_IN_EVERY_MS = 600_000;
export const METRICS = ["soak.a", "soak.b", "soak.c", "soak.d"];

const WRITE = `mutation ($points: [MetricPointInput!]!, $events: [ActivityInput!]!) {
  recordMetrics(points: $points) { accepted }
  recordActivity(events: $events) { accepted } }`;

export interface Feeder {
  /** How many events were written. */
  readonly events: number;
  stop(): Promise<void>;
}

/** Each event says in its summary when it was sent, so that whoever sees it knows how old it is. */
export function feed(first: Api): Feeder {
  const feeder = { events: 0, stop };
  let admin = first;
  let signedInAt = Date.now();
  let isOver = false;
  const running = run();
  return feeder;

  async function run(): Promise<void> {
    while (!isOver) {
      const began = Date.now();
      if (began - signedInAt > SIGN_IN_EVERY_MS) {
        admin = await Api.signIn(admin.url, admin.credentials);
        signedInAt = began;
      }
      await admin.ask(WRITE, { points: points(), events: events() });
      feeder.events += EVENTS;
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS - (Date.now() - began)));
    }
  }

  async function stop(): Promise<void> {
    isOver = true;
    await running;
  }

  function events() {
    return Array.from({ length: EVENTS }, (_, i) => ({
      action: "soak.done",
      summary: `Soak ${feeder.events + i} sent at ${Date.now()}`,
    }));
  }
}

function points() {
  return METRICS.flatMap((name) =>
    Array.from({ length: POINTS }, () => ({ name, value: Math.random() * 100 })),
  );
}
