// A server with accounts in memory, for tests of the pages about people: it answers the
// operations those pages send, keeps versions as the real one does, and records what was asked.

import { type GraphQLResponseBody, graphql, HttpResponse, ws } from "msw";
import { setupServer } from "msw/node";
import type { UpdateUserInput, UserFieldsFragment } from "@/api/gql/graphql";

export interface Asked {
  operation: string;
  variables: Record<string, unknown>;
}

export function account(id: string, name: string, rest: Partial<UserFieldsFragment> = {}) {
  return {
    id,
    name,
    email: `${name.split(" ")[0]?.toLowerCase()}@example.com`,
    avatarUrl: null,
    role: "MEMBER",
    status: "ACTIVE",
    presence: "OFFLINE",
    lastSeenAt: null,
    createdAt: "2026-11-01T10:00:00.000Z",
    updatedAt: "2026-11-01T10:00:00.000Z",
    version: 1,
    ...rest,
  } satisfies UserFieldsFragment;
}

export const ME = account("u_me", "Dana Whitfield", { role: "ADMIN" });
export const ANA = account("u_ana", "Ana Silva");
export const BO = account("u_bo", "Bo Lind");

export const PHONE = {
  id: "s_phone",
  device: "Safari on iPhone",
  ip: "192.0.2.7",
  createdAt: ME.createdAt,
  lastSeenAt: ME.createdAt,
  current: false,
  liveConnections: 0,
};

export function refusal(code: string, message: string, details?: Record<string, string>) {
  const errors = [{ message, extensions: { code, details } }];
  return HttpResponse.json<GraphQLResponseBody<never>>({ data: null, errors });
}

const stale = () => {
  const reason = "It changed since you looked";
  return refusal("CONFLICT", reason, { field: "expectedVersion", reason });
};
const taken = () => {
  const reason = "This e-mail address is taken";
  return refusal("CONFLICT", reason, { field: "email", reason });
};
const socket = ws.link("*/graphql");

/** Accounts, and a server that keeps them: call `server.listen()`. */
export function accountsServer(start: readonly UserFieldsFragment[]) {
  const users = new Map(start.map((user) => [user.id, user]));
  const sessions = [PHONE];
  const asked: Asked[] = [];
  let changedBy = ME.name;

  const note = (operation: string, variables: object) =>
    asked.push({ operation, variables: { ...variables } });
  const change = (id: string, input: UpdateUserInput) => {
    const before = users.get(id);
    if (!before) throw new Error(`no account ${id}`);
    const { currentPassword: _, ...fields } = input;
    const after = { ...before, ...fields, version: before.version + 1 } as UserFieldsFragment;
    users.set(id, after);
    return after;
  };
  const hasEmail = (email: unknown, but?: unknown) =>
    [...users.values()].some((user) => user.email === email && user.id !== but);

  const server = setupServer(
    socket.addEventListener("connection", ({ client }) => {
      client.addEventListener("message", ({ data }) => {
        if (String(data).includes("connection_init")) client.send('{"type":"connection_ack"}');
      });
    }),
    graphql.query("UsersPage", ({ variables }) => {
      note("UsersPage", variables);
      const nodes = [...users.values()];
      const cursors = { startCursor: "first", endCursor: "last" };
      const pageInfo = { hasNextPage: true, hasPreviousPage: Boolean(variables.after), ...cursors };
      return HttpResponse.json({ data: { users: { nodes, pageInfo, totalCount: nodes.length } } });
    }),
    graphql.query("ActiveAdmins", () => {
      const nodes = [...users.values()].filter(({ role }) => role === "ADMIN");
      return HttpResponse.json({ data: { users: { nodes: nodes.map(({ id }) => ({ id })) } } });
    }),
    graphql.query("UserById", ({ variables }) =>
      HttpResponse.json({ data: { user: users.get(variables.id as string) ?? null } }),
    ),
    graphql.query("UserConflict", ({ variables }) => {
      const nodes = [{ id: "a_1", actorLabel: changedBy, occurredAt: ME.createdAt, changes: [] }];
      const user = users.get(variables.id as string) ?? null;
      return HttpResponse.json({ data: { user, activity: { nodes } } });
    }),
    graphql.mutation("CreateUser", ({ variables }) => {
      note("CreateUser", variables);
      if (hasEmail(variables.input.email)) return taken();
      const made = account("u_new", variables.input.name, { email: variables.input.email });
      users.set(made.id, made);
      return HttpResponse.json({ data: { createUser: made } });
    }),
    graphql.mutation("UpdateUser", ({ variables }) => {
      note("UpdateUser", variables);
      const { id, input, expectedVersion } = variables;
      if (expectedVersion && expectedVersion !== users.get(id)?.version) return stale();
      if (input.email && hasEmail(input.email, id)) return taken();
      return HttpResponse.json({ data: { updateUser: change(id, input) } });
    }),
    graphql.mutation("DeleteUser", ({ variables }) => {
      note("DeleteUser", variables);
      users.delete(variables.id);
      return HttpResponse.json({ data: { deleteUser: variables.id } });
    }),
    graphql.query("UserActivity", () => {
      const activity = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
      return HttpResponse.json({ data: { user: { id: ANA.id, activity } } });
    }),
    graphql.query("UserSessions", ({ variables }) =>
      HttpResponse.json({ data: { user: { id: variables.id, sessions } } }),
    ),
    graphql.mutation("RevokeSession", ({ variables }) => {
      sessions.splice(0);
      note("RevokeSession", variables);
      return HttpResponse.json({ data: { revokeSession: true } });
    }),
    graphql.mutation("SendNotification", ({ variables }) => {
      note("SendNotification", variables);
      return HttpResponse.json({ data: { sendNotification: ["n_1"] } });
    }),
  );

  return {
    server,
    users,
    asked: (operation: string) =>
      asked.filter((one) => one.operation === operation).map(({ variables }) => variables),
    /** Somebody else changes an account while it is being looked at. */
    meanwhile: (who: string, id: string, input: UpdateUserInput) => {
      changedBy = who;
      change(id, input);
    },
  };
}
