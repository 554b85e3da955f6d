/** The API, for what a test needs to be there, and for what it compares the page with. */

import { randomUUID } from "node:crypto";
import type { Credentials } from "./service.ts";

export interface User {
  id: string;
  email: string;
  name: string;
  role: "ADMIN" | "MEMBER";
  status: string;
  avatarUrl: string | null;
  version: number;
}

/** Being signed in, as one process tells another. */
export interface Pass {
  url: string;
  token: string;
  user: User;
  credentials: Credentials;
}

/** Somebody signed in, outside of any browser. */
export class Api {
  readonly url: string;
  readonly user: User;
  readonly credentials: Credentials;

  constructor(readonly pass: Pass) {
    this.url = pass.url;
    this.user = pass.user;
    this.credentials = pass.credentials;
  }

  static async signIn(url: string, { email, password }: Credentials): Promise<Api> {
    const login = `mutation ($email: String!, $password: String!) {
      login(email: $email, password: $password) {
        accessToken user { id email name role status avatarUrl version } } }`;
    const data = await ask<{ login: { accessToken: string; user: User } }>(url, login, {
      email,
      password,
    });
    const { accessToken: token, user } = data.login;
    return new Api({ url, token, user, credentials: { email, password } });
  }

  ask<T = Record<string, unknown>>(query: string, variables: object = {}): Promise<T> {
    return ask<T>(this.url, query, variables, this.pass.token);
  }

  /** Somebody new, with a name nobody else has unless one is given. */
  async newPerson(person: Partial<User> = {}): Promise<User & Credentials> {
    const unique = randomUUID().slice(0, 8);
    const password = `long-enough-${unique}`;
    const input = {
      email: `${unique}@example.com`,
      name: `Person ${unique}`,
      role: "MEMBER",
      ...person,
      password,
    };
    const data = await this.ask<{ createUser: User }>(
      `mutation ($input: CreateUserInput!) { createUser(input: $input) {
        id email name role status avatarUrl version } }`,
      { input },
    );
    return { ...data.createUser, password };
  }

  async notify(userId: string, title: string, link?: string): Promise<void> {
    await this.ask(`mutation ($input: NotificationInput!) { sendNotification(input: $input) }`, {
      input: { userIds: [userId], title, ...(link && { link }) },
    });
  }

  /** Entries of the activity log, oldest first. */
  async record(...summaries: string[]): Promise<void> {
    const events = summaries.map((summary) => ({ action: "report.made", summary }));
    const { recordActivity } = await this.ask<{ recordActivity: { accepted: number } }>(
      `mutation ($events: [ActivityInput!]!) { recordActivity(events: $events) { accepted } }`,
      { events },
    );
    if (recordActivity.accepted !== events.length) throw new Error("Events were rejected");
  }
}

async function ask<T>(url: string, query: string, variables: object, token?: string): Promise<T> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      ...(token && { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
  if (errors) throw new Error(`The API refused: ${JSON.stringify(errors)}`);
  return data;
}
