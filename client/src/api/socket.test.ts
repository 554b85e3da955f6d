import { http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { wakeAll } from "@/api/backoff";
import { ActivityAddedDocument } from "@/api/gql/graphql";
import { subscribe } from "@/api/socket";
import { useAuth } from "@/store/auth";
import { useConnection } from "@/store/connection";
import { TestSocket } from "@/test/socketServer";
import { tokens } from "@/test/tokens";

let refreshes = 0;
const server = setupServer(
  http.post("*/api/v1/auth/login", () => tokens()),
  http.post("*/api/v1/auth/refresh", () => {
    refreshes++;
    return tokens();
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: "bypass" }));
beforeEach(async () => {
  vi.stubGlobal("WebSocket", TestSocket);
  TestSocket.all = [];
  refreshes = 0;
  await useAuth.getState().login({ email: "ana@example.com", password: "correct horse" });
});
afterEach(() => {
  useAuth.setState({ token: null, user: null, status: "signedOut" });
  vi.unstubAllGlobals();
});
afterAll(() => server.close());

/** The n-th socket, with its subscription; waits between tries are cut short. */
async function socket(n: number): Promise<TestSocket> {
  await vi.waitUntil(() => {
    wakeAll();
    return TestSocket.all[n]?.subscribed[0];
  });
  return TestSocket.all[n] as TestSocket;
}

function listen() {
  const heard: unknown[] = [];
  let cursor = "c0";
  const stop = subscribe(ActivityAddedDocument, () => ({ after: cursor }), {
    next: ({ activityAdded }) => {
      heard.push(activityAdded);
      cursor = (activityAdded as { cursor: string }).cursor;
    },
  });
  return { heard, stop };
}

test.each([
  ["the server restarts", 1012],
  ["graphql-ws would give up", 1011],
])("a subscription goes on from its latest cursor when %s", async (_, code) => {
  const { heard, stop } = listen();
  const first = await socket(0);
  first.next(0, { activityAdded: { cursor: "c7" } });
  first.close(code);
  const second = await socket(1);
  second.next(0, { activityAdded: { cursor: "c8" } });
  stop();

  expect(first.subscribed[0]?.variables).toEqual({ after: "c0" });
  expect(second.subscribed[0]?.variables).toEqual({ after: "c7" });
  expect(heard).toEqual([{ cursor: "c7" }, { cursor: "c8" }]);
  expect(useConnection.getState().state).toBe("live");
});

test("a refused token is replaced before the socket comes back", async () => {
  const { stop } = listen();
  const first = await socket(0);
  first.close(4403);
  const second = await socket(1);
  stop();

  expect(refreshes).toBe(1);
  expect(second.token).not.toBe(first.token);
});

test("a session the server ended is over at once, and nothing comes back", async () => {
  const { stop } = listen();
  (await socket(0)).close(4401);
  await vi.waitUntil(() => useAuth.getState().status === "ended");
  wakeAll();
  await new Promise((resolve) => setTimeout(resolve));
  stop();

  expect(TestSocket.all).toHaveLength(1);
  expect(refreshes).toBe(0);
});

test("the end of a session we have left for another is not ours", async () => {
  const { stop } = listen();
  const first = await socket(0);
  const token = `header.${btoa(JSON.stringify({ sid: "s_2" }))}.signature`;
  useAuth.setState({ token });
  first.close(4401);
  const second = await socket(1);
  stop();

  expect(useAuth.getState().status).toBe("signedIn");
  expect(second.token).toBe(`Bearer ${token}`);
});

test("signing in again in place brings back what was listened to", async () => {
  const { heard, stop } = listen();
  (await socket(0)).close(4401);
  await vi.waitUntil(() => useAuth.getState().status === "ended");
  await useAuth.getState().login({ email: "ana@example.com", password: "correct horse" });
  (await socket(1)).next(0, { activityAdded: { cursor: "c1" } });
  stop();

  expect(heard).toEqual([{ cursor: "c1" }]);
});
