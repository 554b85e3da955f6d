import { QueryClient } from "@tanstack/react-query";
import { type GraphQLHandler, graphql, HttpResponse, ws } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { askEarly } from "@/api/early";
import { execute } from "@/api/execute";
import { StatsDocument } from "@/api/gql/graphql";
import { activityFeed } from "@/api/live/activity";
import { prepare } from "@/pages/DashboardPage";
import { useAuth } from "@/store/auth";
import { ME } from "@/test/accounts";
import { signInAs } from "@/test/open";

const asked: string[] = [];
const answer: GraphQLHandler = graphql.operation(({ operationName = "", request }) => {
  asked.push(`${operationName} ${request.headers.get("Authorization")}`);
  return HttpResponse.json({
    data: { stats: { asOf: "now" }, activity: { nodes: [], newestCursor: "c" } },
  });
});
const socket = ws.link("*/graphql").addEventListener("connection", () => {});
const server = setupServer(answer, socket);
const LAST_DAY = { range: "LAST_24_HOURS" } as const;

beforeAll(() => server.listen());
afterAll(() => server.close());
beforeEach(() => {
  asked.length = 0;
  signInAs(ME);
});

test("what was asked early is not asked again, and its answer is taken once", async () => {
  askEarly(StatsDocument, LAST_DAY);
  expect(await execute(StatsDocument, LAST_DAY)).toMatchObject({ stats: { asOf: "now" } });
  expect(asked).toEqual(["Stats Bearer a token"]);
  await execute(StatsDocument, LAST_DAY);
  expect(asked).toHaveLength(2);
});

test("what was asked for one session is no answer for another", async () => {
  askEarly(StatsDocument, LAST_DAY);
  useAuth.setState({ token: "another token" });
  await execute(StatsDocument, LAST_DAY);
  expect(asked).toEqual(["Stats Bearer a token", "Stats Bearer another token"]);
});

test("nothing is asked early with a token that is to be renewed first", () => {
  useAuth.setState({ renewsAt: Date.now() - 1 });
  const sent = vi.spyOn(globalThis, "fetch");
  askEarly(StatsDocument, LAST_DAY);
  expect(sent).not.toHaveBeenCalled();
});

test("an early question nobody answered is asked again", async () => {
  vi.spyOn(globalThis, "fetch").mockRejectedValueOnce(new TypeError("Failed to fetch"));
  askEarly(StatsDocument, LAST_DAY);
  expect(await execute(StatsDocument, LAST_DAY)).toMatchObject({ stats: { asOf: "now" } });
  expect(asked).toEqual(["Stats Bearer a token"]);
});

test("what is asked early is word by word what the dashboard asks for first", async () => {
  window.history.replaceState(null, "", "/?range=7d");
  await import("@/early");
  await prepare(new QueryClient(), new URL(window.location.href));
  const stop = activityFeed().subscribe(() => {});
  await vi.waitFor(() => expect(activityFeed().getSnapshot().status).toBe("ready"));
  stop();
  expect(asked.map((one) => one.split(" ")[0]).sort()).toEqual([
    "ActivityPage",
    "Sparklines",
    "Stats",
  ]);
});
