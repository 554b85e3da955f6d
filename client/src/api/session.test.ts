import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { ApiError } from "@/api/errors";
import { execute } from "@/api/execute";
import { MeDocument } from "@/api/gql/graphql";
import { rest } from "@/api/rest";
import { freshToken } from "@/api/session";
import { useAuth } from "@/store/auth";
import { graphQLRefusal, refusal, tokens } from "@/test/tokens";

const REFRESH = "*/api/v1/auth/refresh";
let refreshes = 0;
// The one token the server takes.
let valid: string | null = null;

const server = setupServer(
  http.post("*/api/v1/auth/login", () => tokens()),
  http.post("*/api/v1/auth/logout", () => HttpResponse.json({ success: true, data: {} })),
  http.post(REFRESH, async ({ request }) => {
    refreshes++;
    if (request.headers.get("X-Refresh-Token") !== "cookie") return refusal(422, "NO_HEADER");
    const answer = tokens();
    const { data } = (await answer.clone().json()) as { data: { access_token: string } };
    valid = data.access_token;
    return answer;
  }),
  http.post("*/graphql", ({ request }) => {
    const token = request.headers.get("Authorization")?.slice("Bearer ".length);
    if (token !== valid) return graphQLRefusal("TOKEN_EXPIRED");
    return HttpResponse.json({ data: { me: { name: "Ana" } } });
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
beforeEach(async () => {
  await useAuth.getState().login({ email: "ana@example.com", password: "correct horse" });
  valid = useAuth.getState().token;
  refreshes = 0;
});
afterEach(() => {
  server.resetHandlers();
  useAuth.setState({ token: null, user: null, status: "signedOut" });
});
afterAll(() => server.close());

const me = () => execute(MeDocument, {});

test("ten queries with a refused token cost one refresh, and all are answered", async () => {
  valid = null;

  const answers = await Promise.all(Array.from({ length: 10 }, me));

  expect(answers.map(({ me }) => me.name)).toEqual(Array(10).fill("Ana"));
  expect(refreshes).toBe(1);
});

test("a token about to end is renewed before it is used", async () => {
  const before = useAuth.getState().token;
  useAuth.setState({ renewsAt: Date.now() - 1 });

  expect(await freshToken()).not.toBe(before);
  expect(refreshes).toBe(1);
});

test("a token that still holds is used when nobody answers the refresh", async () => {
  server.use(http.post(REFRESH, () => HttpResponse.error()));
  useAuth.setState({ renewsAt: Date.now() - 1 });

  expect(await freshToken()).toBe(valid);
});

test("what another tab has stored is used instead of a refresh of our own", async () => {
  const theirs = { ...useAuth.getState(), token: "theirs" };
  valid = "theirs";
  localStorage.setItem("user-dashboard.auth", JSON.stringify({ state: theirs, version: 0 }));

  await expect(me()).resolves.toEqual({ me: { name: "Ana" } });
  expect(refreshes).toBe(0);
});

test("a refused refresh ends the session and keeps who it was", async () => {
  server.use(http.post(REFRESH, () => refusal(401, "INVALID_REFRESH_TOKEN")));
  valid = null;

  await expect(me()).rejects.toMatchObject({ code: "TOKEN_EXPIRED" });
  expect(useAuth.getState()).toMatchObject({ status: "ended", token: null, user: { name: "Ana" } });
});

test("a refresh nobody answers ends nothing", async () => {
  server.use(http.post(REFRESH, () => HttpResponse.error()));
  valid = null;

  await expect(me()).rejects.toMatchObject({ code: "NETWORK" });
  expect(useAuth.getState().status).toBe("signedIn");
});

test("a call is replayed once, not for ever", async () => {
  let asked = 0;
  server.use(
    http.post("*/graphql", () => {
      asked++;
      return graphQLRefusal("UNAUTHENTICATED");
    }),
  );

  await expect(me()).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  expect(asked).toBe(2);
  expect(useAuth.getState().status).toBe("ended");
});

test("signing out is done here even when nobody answers, and stays done", async () => {
  server.use(http.post("*/api/v1/auth/logout", () => HttpResponse.error()));

  await useAuth.getState().logout();

  expect(useAuth.getState()).toMatchObject({ status: "signedOut", token: null, user: null });
  expect(await freshToken()).toBeNull();
});

test("a refresh under way does not undo a sign-out", async () => {
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    server.use(
      http.post(REFRESH, async () => {
        resolve();
        await new Promise<void>((go) => {
          answer = go;
        });
        return tokens();
      }),
    );
  });
  const refreshing = useAuth.getState().refreshToken();
  await asked;
  useAuth.setState({ token: null, user: null, status: "signedOut" });
  answer();
  await refreshing;

  expect(useAuth.getState()).toMatchObject({ status: "signedOut", token: null });
});

test("REST errors carry code, fields, request id and when to come back", async () => {
  const error = {
    code: "RATE_LIMITED",
    message: "Slow down",
    details: { retry_after_s: 7, errors: [{ field: "input.avatar_url", reason: "is too long" }] },
  };
  server.use(
    http.get("*/api/v1/users", () =>
      HttpResponse.json(
        { success: false, error },
        { status: 429, headers: { "X-Request-ID": "r_1", "Retry-After": "7" } },
      ),
    ),
  );

  const failure = await rest("GET", "/api/v1/users").catch((cause: unknown) => cause);

  expect(failure).toBeInstanceOf(ApiError);
  expect(failure).toMatchObject({
    ...{ code: "RATE_LIMITED", status: 429, requestId: "r_1", retryAfterS: 7 },
    problems: [{ field: "input.avatar_url", reason: "is too long" }],
  });
});

test("a proxy's page in our place is told by its status", async () => {
  server.use(http.post("*/graphql", () => new HttpResponse("<h1>Oops</h1>", { status: 503 })));

  await expect(me()).rejects.toMatchObject({ code: "UNAVAILABLE", status: 503 });
});
