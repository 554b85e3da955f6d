import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { openExchange } from "@/api/explorer";
import { useAuth } from "@/store/auth";
import { graphQLRefusal, tokens } from "@/test/tokens";

let valid: string | null = null;
let refreshes = 0;

const server = setupServer(
  http.post("*/api/v1/auth/login", () => tokens()),
  http.post("*/api/v1/auth/refresh", async () => {
    refreshes++;
    const answer = tokens();
    const { data } = (await answer.clone().json()) as { data: { access_token: string } };
    valid = data.access_token;
    return answer;
  }),
  http.post("*/graphql", async ({ request }) => {
    const token = request.headers.get("Authorization")?.slice("Bearer ".length);
    if (token !== valid) return graphQLRefusal("TOKEN_EXPIRED");
    const errors = [{ message: "no", path: ["users"], extensions: { code: "FORBIDDEN" } }];
    const trace = request.headers.get("X-Request-ID");
    return HttpResponse.json({ data: { sent: await request.json(), trace }, errors });
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
beforeEach(async () => {
  await useAuth.getState().login({ email: "ana@example.com", password: "correct horse" });
  valid = useAuth.getState().token;
  refreshes = 0;
});
afterEach(() => useAuth.setState({ token: null, user: null, status: "signedOut" }));
afterAll(() => server.close());

const query = "query Two { me { name } users { totalCount } }";

test("an answer is shown as it came, errors and all", async () => {
  const { fetcher } = openExchange();

  const answer = await fetcher(
    { query, operationName: "Two" },
    { headers: { "X-Request-ID": "a1" } },
  );

  expect(answer).toEqual({
    data: { sent: { query, operationName: "Two" }, trace: "a1" },
    errors: [{ message: "no", path: ["users"], extensions: { code: "FORBIDDEN" } }],
  });
});

test("a token that has ended is renewed, and the request sent again", async () => {
  valid = null;

  const answer = await openExchange().fetcher({ query });

  expect(answer).toMatchObject({ data: { sent: { query } } });
  expect(refreshes).toBe(1);
});

test("a token that was typed is used as it is", async () => {
  const answer = await openExchange().fetcher(
    { query },
    { headers: { authorization: "Bearer mine" } },
  );

  expect(answer).toMatchObject({ errors: [{ extensions: { code: "TOKEN_EXPIRED" } }] });
  expect(refreshes).toBe(0);
});

test("only a subscription is listened to", () => {
  const { fetcher } = openExchange();
  const both = "query Ask { me { id } } subscription Listen { userStatusChanged { at } }";

  expect(fetcher({ query: both, operationName: "Listen" })).toHaveProperty("subscribe");
  expect(fetcher({ query: both, operationName: "Ask" })).toBeInstanceOf(Promise);
});
