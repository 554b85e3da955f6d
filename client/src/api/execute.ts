/** GraphQL over HTTP. */

import { bodyOf, headOf, notOurs, send } from "@/api/answer";
import { request, requestBody, takeEarly } from "@/api/early";
import { ApiError, type Failure, wantsToken } from "@/api/errors";
import type { TypedDocumentString } from "@/api/gql/graphql";
import { withToken } from "@/api/session";

export interface PartialAnswer<R> {
  data: R | null;
  errors: ApiError[];
}

export interface GraphQLFailure {
  message: string;
  extensions?: { code?: string; details?: unknown };
}

interface Options {
  signal?: AbortSignal | undefined;
}

/** The data of an operation; throws the first `ApiError` if there is any. */
export async function execute<R, V>(
  document: TypedDocumentString<R, V>,
  variables?: V,
  options?: Options,
): Promise<R> {
  const { data, errors } = await executePartial(document, variables, options);
  if (errors[0]) throw errors[0];
  return data as R;
}

/** What there is, and what failed; throws only when there is no GraphQL answer at all. */
export function executePartial<R, V>(
  document: TypedDocumentString<R, V>,
  variables?: V,
  options?: Options,
): Promise<PartialAnswer<R>> {
  const body = requestBody(document, variables);
  return withToken((token) => ask<R>(body, token, options?.signal));
}

async function ask<R>(
  body: string,
  token: string | null,
  signal: AbortSignal | undefined,
): Promise<PartialAnswer<R>> {
  const init = { ...request(body, token), ...(signal && { signal }) };
  const response = (await takeEarly(body, token)) ?? (await send("/graphql", init));
  const answer = (await bodyOf(response)) as { data?: R | null; errors?: GraphQLFailure[] } | null;
  if (!answer || (answer.data === undefined && !answer.errors)) throw notOurs(response);
  const errors = (answer.errors ?? []).map((one) => graphQLError(one, headOf(response)));
  const refused = errors.find(wantsToken);
  if (refused) throw refused;
  return { data: answer.data ?? null, errors };
}

/** One of `errors`, with what is known of the answer it came in. */
export function graphQLError(
  failure: GraphQLFailure,
  head: Omit<Failure, "code" | "message" | "details"> = {},
): ApiError {
  const { code = "INTERNAL_ERROR", details } = failure.extensions ?? {};
  return new ApiError({ ...head, code, message: failure.message, details });
}
