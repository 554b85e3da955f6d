/**
 * What the API explorer sends: whatever is typed, answered just as it came.
 *
 * Requests are signed in and refreshed like those of the other pages. Subscriptions have
 * a socket of their own, which ends with the page.
 */

import type { Fetcher, FetcherParams, Observable } from "@graphiql/toolkit";
import { type DocumentNode, getOperationAST, parse } from "graphql";
import { type Client, createClient, type ExecutionResult } from "graphql-ws";
import { bodyOf, headOf, send } from "@/api/answer";
import { wantsToken } from "@/api/errors";
import { type GraphQLFailure, graphQLError } from "@/api/execute";
import { freshToken, withToken } from "@/api/session";

const ACCEPT = "application/graphql-response+json, application/json";
type Headers = Record<string, string>;

export interface Exchange {
  fetcher: Fetcher;
  /** Ends every subscription. */
  close(): void;
}

export function openExchange(): Exchange {
  let client: Client | undefined;
  return {
    fetcher: (params, options) => {
      if (!isSubscription(params, options?.documentAST)) return ask(params, options?.headers);
      client ??= connect();
      return stream(client, params);
    },
    close: () => {
      void client?.dispose();
      client = undefined;
    },
  };
}

/** Over HTTP. Headers that were typed win; with a token among them, it is used as it is. */
function ask(params: FetcherParams, typed: Headers = {}): Promise<ExecutionResult> {
  const names = Object.keys(typed).map((name) => name.toLowerCase());
  if (names.includes("authorization")) return post(params, typed);
  return withToken(async (token) => {
    const bearer: Headers = token === null ? {} : { Authorization: `Bearer ${token}` };
    return post(params, { ...bearer, ...typed }, { refused: wantsToken });
  });
}

async function post(
  params: FetcherParams,
  headers: Headers,
  { refused }: { refused?: typeof wantsToken } = {},
): Promise<ExecutionResult> {
  const response = await send("/graphql", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: ACCEPT, ...headers },
    body: JSON.stringify(params),
  });
  const answer = (await bodyOf(response)) as ExecutionResult & { errors?: GraphQLFailure[] };
  const errors = (answer.errors ?? []).map((one) => graphQLError(one, headOf(response)));
  const cause = refused && errors.find(refused);
  if (cause) throw cause;
  return answer;
}

function stream(client: Client, params: FetcherParams): Observable<ExecutionResult> {
  const payload = { ...params, operationName: params.operationName ?? null };
  const subscribe = (sink: Parameters<Observable<ExecutionResult>["subscribe"]>[0]) => {
    if (typeof sink !== "object") throw new TypeError("an observer is needed");
    return { unsubscribe: client.subscribe(payload, sink) };
  };
  return { subscribe: subscribe as Observable<ExecutionResult>["subscribe"] };
}

function connect(): Client {
  const { protocol, host } = window.location;
  return createClient({
    url: `${protocol === "https:" ? "wss" : "ws"}://${host}/graphql`,
    connectionParams: async () => {
      const token = await freshToken();
      return token === null ? {} : { Authorization: `Bearer ${token}` };
    },
    keepAlive: 10_000,
    // Closed 4403 when the token has ended: the next try brings a fresh one.
    shouldRetry: () => true,
  });
}

function isSubscription(params: FetcherParams, document: DocumentNode | undefined): boolean {
  const asked = document ?? parsed(params.query);
  const operation = asked && getOperationAST(asked, params.operationName);
  return operation?.operation === "subscription";
}

function parsed(query: string): DocumentNode | undefined {
  try {
    return parse(query);
  } catch {
    // The server says best what is wrong with it.
    return undefined;
  }
}
