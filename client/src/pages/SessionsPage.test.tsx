import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { graphql, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { SessionFieldsFragment } from "@/api/gql/graphql";
import { Toaster } from "@/components/common/Toaster";
import SessionsPage from "@/pages/SessionsPage";
import { ME, refusal } from "@/test/accounts";
import { openAt, signInAs } from "@/test/open";

const at = (minute: number) => `2026-11-22T10:${String(minute).padStart(2, "0")}:00.000Z`;

function session(id: string, device: string, rest: Partial<SessionFieldsFragment> = {}) {
  const times = { createdAt: at(0), lastSeenAt: at(1) };
  return { id, device, ip: "192.0.2.7", current: false, liveConnections: 0, ...times, ...rest };
}

let sessions: SessionFieldsFragment[] = [];
let revoked: string[] = [];
let calls = 0;
let answer: () => Promise<unknown> = async () => {};
const server = setupServer(
  graphql.query("Sessions", () => HttpResponse.json({ data: { sessions } })),
  graphql.mutation("RevokeSession", async ({ variables: { id } }) => {
    await answer();
    if (id === "s_stuck") return refusal("UNAVAILABLE", "away");
    if (id === "s_gone") return refusal("NOT_FOUND", "none");
    revoked.push(id);
    sessions = sessions.filter((one) => one.id !== id);
    return HttpResponse.json({ data: { revokeSession: true } });
  }),
  graphql.mutation("RevokeOtherSessions", () => {
    const others = sessions.filter((one) => !one.current).map((one) => one.id);
    calls += 1;
    // Half-way: those before it are over.
    const stuck = others.indexOf("s_stuck");
    revoked.push(...others.slice(0, stuck < 0 ? others.length : stuck));
    sessions = sessions.filter((one) => !revoked.includes(one.id));
    if (stuck >= 0) return refusal("UNAVAILABLE", "away");
    return HttpResponse.json({ data: { revokeOtherSessions: others } });
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());
beforeEach(() => {
  signInAs(ME);
  revoked = [];
  calls = 0;
  answer = async () => {};
  sessions = [
    session("s_phone", "Safari on iPhone", { lastSeenAt: at(9) }),
    session("s_here", "Firefox on Linux", { current: true }),
    session("s_curl", "curl", { lastSeenAt: at(5) }),
  ];
});
afterEach(() => server.resetHandlers());

function open() {
  const element = (
    <>
      <SessionsPage />
      <Toaster />
    </>
  );
  return openAt("/sessions", [{ path: "/sessions", element }]);
}

const rows = async () => {
  await screen.findByText("Firefox on Linux");
  return screen.getAllByRole("row").slice(1);
};

it("puts this device first, then the last active, and lets only others be revoked", async () => {
  open();
  const [first, second, third] = await rows();
  expect(first).toHaveTextContent("Firefox on LinuxThis device");
  expect(within(first as HTMLElement).queryByRole("button")).toBeNull();
  expect(second).toHaveTextContent("Safari on iPhone");
  expect(third).toHaveTextContent("curl");
});

it("takes a revoked session away before the server has answered", async () => {
  let go = () => {};
  answer = () => new Promise<void>((resolve) => (go = resolve));
  open();
  await rows();
  await userEvent.click(screen.getByRole("button", { name: /Revoke Safari/ }));
  expect(await screen.findByRole("alertdialog")).toHaveTextContent("signs out the device");
  await userEvent.click(await screen.findByRole("button", { name: "Revoke" }));
  await waitFor(() => expect(screen.queryByText("Safari on iPhone")).toBeNull());
  expect(revoked).toEqual([]);
  go();
  expect(await screen.findByText("Safari on iPhone is signed out")).toBeVisible();
  expect(revoked).toEqual(["s_phone"]);
});

it("puts back what could not be revoked, and says why", async () => {
  sessions.push(session("s_stuck", "Edge on Windows"));
  open();
  await rows();
  await userEvent.click(screen.getByRole("button", { name: /Revoke Edge/ }));
  await userEvent.click(await screen.findByRole("button", { name: "Revoke" }));
  expect(await screen.findByText("Edge on Windows could not be signed out")).toBeVisible();
  expect(await screen.findByText("Edge on Windows")).toBeVisible();
});

async function signOutElsewhere() {
  await rows();
  await userEvent.click(screen.getByRole("button", { name: "Sign out everywhere else" }));
  const dialog = within(await screen.findByRole("alertdialog"));
  await userEvent.click(dialog.getByRole("button", { name: "Sign out everywhere else" }));
}

it("signs out everywhere else in one call", async () => {
  open();
  await signOutElsewhere();
  expect(await screen.findByText("Signed out 2 sessions")).toBeVisible();
  expect([calls, revoked.sort()]).toEqual([1, ["s_curl", "s_phone"]]);
  await waitFor(() => expect(screen.queryByText("curl")).toBeNull());
});

it("says so when only some could be signed out, and shows which are left", async () => {
  sessions.push(session("s_stuck", "Edge on Windows"));
  open();
  await signOutElsewhere();
  expect(await screen.findByText("Not every other device could be signed out")).toBeVisible();
  expect(await screen.findByText("Edge on Windows")).toBeVisible();
  await waitFor(() => expect(screen.queryByText("Safari on iPhone")).toBeNull());
});

it("counts a session that was over already as signed out", async () => {
  sessions.push(session("s_gone", "Opera on Linux"));
  open();
  await rows();
  await userEvent.click(screen.getByRole("button", { name: /Revoke Opera/ }));
  await userEvent.click(await screen.findByRole("button", { name: "Revoke" }));
  expect(await screen.findByText("Opera on Linux is signed out")).toBeVisible();
});

it("shows a session that is new with a mark and a word about it", async () => {
  const { client } = open();
  await rows();
  sessions.push(session("s_new", "Chrome on Android", { lastSeenAt: at(10) }));
  await client.invalidateQueries({ queryKey: ["sessions"] });
  const row = (await screen.findByText("Chrome on Android")).closest("tr") as HTMLElement;
  expect(within(row).getByText("New")).toBeVisible();
  expect(await screen.findByText("New sign-in to your account")).toBeVisible();
});
