import { screen, within } from "@testing-library/react";
import { graphql, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { apiKeysText } from "@/messages/apiKeys";
import { ME } from "@/test/accounts";
import { openAt, signInAs } from "@/test/open";
import type { ApiKey } from "@/types/apiKey";
import ApiKeysPage from "./ApiKeysPage";

const SECRET = "udk_never-seen-again";
let keys: ApiKey[];

const server = setupServer(
  graphql.query("ApiKeys", () => HttpResponse.json({ data: { apiKeys: keys } })),
  graphql.mutation("CreateApiKey", ({ variables }) => {
    const apiKey: ApiKey = {
      id: `k_${keys.length}`,
      name: variables.name,
      hint: "gain",
      createdAt: ME.createdAt,
      lastUsedAt: null,
      revoked: false,
      createdBy: { id: ME.id, name: ME.name },
    };
    keys = [...keys, apiKey];
    return HttpResponse.json({ data: { createApiKey: { apiKey, secret: SECRET } } });
  }),
  graphql.mutation("RevokeApiKey", ({ variables }) => {
    keys = keys.map((key) => (key.id === variables.id ? { ...key, revoked: true } : key));
    return HttpResponse.json({ data: { revokeApiKey: true } });
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());
beforeEach(() => {
  keys = [];
  signInAs(ME);
});

const open = () => openAt("/api-keys", [{ path: "/api-keys", element: <ApiKeysPage /> }]);
const press = (name: string) => screen.findByRole("button", { name });

async function makeKey(user: ReturnType<typeof open>["user"], name: string) {
  await user.click(await press(apiKeysText.create));
  await user.type(await screen.findByLabelText(apiKeysText.name), name);
  await user.click(await press(apiKeysText.createAction));
}

it("shows a secret once, and not to a slip of the Escape key", async () => {
  const { user } = open();
  expect(await screen.findByText(apiKeysText.emptyTitle)).toBeVisible();
  await makeKey(user, " nightly backup ");
  expect(await screen.findByText(SECRET)).toBeVisible();
  expect(screen.getByText(apiKeysText.secretWarning)).toBeVisible();
  await user.keyboard("{Escape}");
  const asking = within(await screen.findByRole("alertdialog"));
  await user.click(asking.getByRole("button", { name: apiKeysText.cancel }));
  expect(screen.getByText(SECRET)).toBeVisible();
  await user.click(await press(apiKeysText.done));
  expect(screen.queryByText(SECRET)).not.toBeInTheDocument();
  const row = await screen.findByRole("row", { name: /^nightly backup/ });
  expect(row).toHaveTextContent(apiKeysText.hint("gain"));
  expect(row).toHaveTextContent(apiKeysText.never);
});

it("revokes a key once that was meant, and keeps it to look at", async () => {
  const { user } = open();
  await makeKey(user, "backup");
  await user.click(await press(apiKeysText.done));
  await user.click(await press(apiKeysText.revokeLabel("backup")));
  const dialog = await screen.findByRole("alertdialog");
  await user.click(within(dialog).getByRole("button", { name: apiKeysText.revoke }));
  await user.click(await screen.findByLabelText(apiKeysText.showRevoked(1)));
  const row = await screen.findByRole("row", { name: /^backup/ });
  expect(row).toHaveTextContent(apiKeysText.revoked);
  expect(within(row).queryByRole("button")).not.toBeInTheDocument();
});

it("wants a name", async () => {
  const { user } = open();
  await makeKey(user, "  ");
  expect(await screen.findByText(apiKeysText.nameEmpty)).toBeVisible();
  expect(keys).toEqual([]);
});
