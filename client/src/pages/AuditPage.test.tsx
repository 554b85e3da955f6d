import { screen, waitFor, within } from "@testing-library/react";
import { graphql, HttpResponse, http, ws } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { AuditFieldsFragment } from "@/api/gql/graphql";
import AuditPage from "@/pages/AuditPage";
import { ANA, ME, refusal } from "@/test/accounts";
import { openAt, signInAs } from "@/test/open";

function entry(id: string, summary: string, rest: Partial<AuditFieldsFragment> = {}) {
  return {
    id,
    summary,
    action: "user.updated",
    actor: { id: ANA.id, name: ANA.name, avatarUrl: null },
    actorLabel: ANA.name,
    targetType: "user",
    targetId: "u_bo",
    targetLabel: "Bo Lind",
    severity: "NOTICE",
    outcome: "OK",
    sessionId: null,
    occurredAt: "2026-11-22T10:00:00.000Z",
    cursor: `c_${id}`,
    changes: [{ field: "name", before: "Bo", after: "Bo Lind" }],
    ...rest,
  } satisfies AuditFieldsFragment;
}

let entries: AuditFieldsFragment[] = [];
let asked: Record<string, unknown>[] = [];
let tell = (_id: string) => {};
const socket = ws.link("*/graphql");
const page = () => ({
  nodes: entries,
  pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: "start", endCursor: "end" },
  newestCursor: "newest",
});
const server = setupServer(
  socket.addEventListener("connection", ({ client }) => {
    client.addEventListener("message", ({ data }) => {
      const { type, id, payload } = JSON.parse(String(data));
      if (type === "connection_init") client.send('{"type":"connection_ack"}');
      if (type !== "subscribe" || !payload.query.includes("NewEvents")) return;
      asked.push({ live: payload.variables });
      tell = (entryId) => {
        const activity = { id: entryId };
        const event = { __typename: "ActivityAdded", cursor: `c_${entryId}`, activity };
        client.send(
          JSON.stringify({ type: "next", id, payload: { data: { activityAdded: event } } }),
        );
      };
    });
  }),
  graphql.query("AuditPage", ({ variables }) => {
    asked.push(variables);
    return HttpResponse.json({ data: { activity: page() } });
  }),
  graphql.query("AuditEvent", ({ variables }) => {
    const found = variables.id === "a_far" ? entry("a_far", "Far away") : null;
    return HttpResponse.json({ data: { node: found && { __typename: "Activity", ...found } } });
  }),
  graphql.query("UserById", () => HttpResponse.json({ data: { user: ANA } })),
);

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());
beforeEach(() => {
  signInAs(ME);
  asked = [];
  entries = [entry("a_2", "Ana renamed Bo"), entry("a_1", "Ana signed in", { changes: [] })];
});
afterEach(() => server.resetHandlers());

const open = (query = "") => openAt(`/audit${query}`, [{ path: "/audit", element: <AuditPage /> }]);
const queries = () => asked.filter((one) => !("live" in one));

it("walks to older pages by cursor, and back to the first when a filter changes", async () => {
  const { user, address } = open();
  await screen.findByText("Ana renamed Bo");
  await user.click(screen.getByRole("button", { name: "Older" }));
  await waitFor(() => expect(queries().at(-1)).toMatchObject({ first: 50, after: "end" }));
  expect(address()).toBe("/audit?after=end");
  await user.selectOptions(screen.getByLabelText("Severity"), "ERROR");
  expect(address()).toBe("/audit?severity=ERROR");
  await waitFor(() =>
    expect(queries().at(-1)).toMatchObject({ after: null, filter: { severity: "ERROR" } }),
  );
});

it("counts what is new instead of moving the rows, and shows it when asked", async () => {
  const { user } = open("?action=user.*");
  await screen.findByText("Ana renamed Bo");
  const live = { live: { after: "newest", filter: { actions: ["user.*"] } } };
  await waitFor(() => expect(asked).toContainEqual(live));
  entries = [entry("a_3", "Ana renamed Cy"), ...entries];
  tell("a_2");
  tell("a_3");
  tell("a_3");
  tell("a_4");
  const pill = await screen.findByRole("button", { name: "2 new events" });
  expect(screen.queryByText("Ana renamed Cy")).toBeNull();
  await user.click(pill);
  expect(await screen.findByText("Ana renamed Cy")).toBeVisible();
});

it("opens an entry onto what changed, and narrows the list to its like", async () => {
  const { user, address } = open();
  await user.click(await screen.findByRole("button", { name: "Details of: Ana renamed Bo" }));
  const changes = within(screen.getByRole("table", { name: "Changes" }));
  expect(changes.getAllByRole("row")[1]).toHaveTextContent("nameBoBo Lind");
  await user.click(screen.getByRole("button", { name: "Only this target" }));
  expect(new URLSearchParams(address().split("?")[1]).get("target")).toBe("user:u_bo");
});

it("shows an administrator outcome and session of an entry, and filters by outcome", async () => {
  entries = [entry("a_3", "Sign-in was refused", { outcome: "REFUSED", sessionId: "s_7" })];
  const { user, address } = open();
  await user.click(await screen.findByRole("button", { name: "Details of: Sign-in was refused" }));
  expect(screen.getByText("s_7")).toBeVisible();
  expect(screen.getByText("Refused", { selector: "dd" })).toBeVisible();
  await user.selectOptions(screen.getByLabelText("Outcome"), "Refused");
  expect(address()).toBe("/audit?outcome=REFUSED");
  await waitFor(() => expect(queries().at(-1)).toMatchObject({ filter: { outcome: "REFUSED" } }));
});

it("offers no outcomes to members, whom they are not told", async () => {
  signInAs({ ...ME, role: "MEMBER" });
  entries = [entry("a_3", "Ana signed in", { outcome: null })];
  const { user } = open();
  await user.click(await screen.findByRole("button", { name: "Details of: Ana signed in" }));
  expect(screen.queryByText("Outcome")).toBeNull();
});

it("says that nothing matches, and offers everything again", async () => {
  entries = [];
  const { user, address } = open("?q=nothing&action=user.*");
  expect(await screen.findByText("No events match these filters")).toBeVisible();
  await user.click(screen.getAllByRole("button", { name: "Clear filters" })[0] as HTMLElement);
  expect(address()).toBe("/audit");
});

it("advises a time range when a search was given up", async () => {
  const reason = "matches none of 20000 entries: narrow it with from and to";
  server.use(
    graphql.query("AuditPage", () =>
      refusal("VALIDATION_ERROR", reason, { field: "filter", reason }),
    ),
  );
  open("?q=rare");
  expect(await screen.findByText("Nothing among the last 20,000 events")).toBeVisible();
});

it("refuses an action that is none, and asks for nothing", async () => {
  const { user, address } = open();
  await screen.findByText("Ana renamed Bo");
  await user.type(screen.getByLabelText("Action"), "User!{Enter}");
  expect(screen.getByText(/Such as user.created/)).toBeVisible();
  expect(address()).toBe("/audit");
});

it("shows the event of a link, or that there is none", async () => {
  open("?event=a_far");
  expect(await screen.findByText("Far away")).toBeVisible();
});

it("says of a link to nothing that it is not there", async () => {
  open("?event=a_lost");
  expect(await screen.findByText(/This event is not there/)).toBeVisible();
});

it("exports what the filter finds", async () => {
  let search = "";
  server.use(
    http.get("*/api/v1/dashboard/activity.csv", ({ request }) => {
      search = new URL(request.url).search;
      return new HttpResponse("id\r\n", { headers: { "Content-Type": "text/csv" } });
    }),
  );
  const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockReturnValue();
  const { user } = open("?action=user.*&after=end");
  await user.click(screen.getByRole("button", { name: "Export CSV" }));
  await waitFor(() => expect(click).toHaveBeenCalled());
  expect(search).toBe("?action=user.*");
});

it("is a member's own activity, without a choice of whose", async () => {
  signInAs({ ...ME, role: "MEMBER" });
  open();
  expect(await screen.findByRole("heading", { name: "My activity" })).toBeVisible();
  expect(screen.queryByRole("combobox", { name: "Actor" })).toBeNull();
});
