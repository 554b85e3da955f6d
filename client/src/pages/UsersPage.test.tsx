import { screen, waitFor, within } from "@testing-library/react";
import { graphql } from "msw";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { actionText, bulkText, conflictText, formText, usersText } from "@/messages/users";
import { ANA, accountsServer, BO, ME, refusal } from "@/test/accounts";
import { openAt, signInAs } from "@/test/open";
import UsersPage from "./UsersPage";

const routes = [
  {
    path: "/users",
    element: <UsersPage />,
    children: [
      { path: "new", element: null },
      { path: ":id/edit", element: null },
    ],
  },
  { path: "/users/:id", element: <p>a profile</p> },
];

let backend: ReturnType<typeof accountsServer>;

beforeEach(() => {
  backend = accountsServer([ME, ANA, BO]);
  backend.server.listen({ onUnhandledRequest: "error" });
  signInAs(ME);
});

afterEach(() => backend.server.close());

const open = (path: string) => openAt(path, routes);
const rowOf = (name: string) => screen.findByRole("row", { name: new RegExp(name) });
const button = (name: string | RegExp) => screen.findByRole("button", { name });

async function menuOf(name: string, user: ReturnType<typeof open>["user"]) {
  await user.click(await button(usersText.menu(name)));
  return screen.findByRole("menu");
}

describe("the list's address", () => {
  it("takes up what is searched for once the typing pauses, and goes to the first page", async () => {
    const { user, address } = open("/users?after=last");
    await user.type(await screen.findByRole("searchbox"), "ana");
    await waitFor(() => expect(address()).toBe("/users?search=ana"));
    await waitFor(() =>
      expect(backend.asked("UsersPage").at(-1)).toMatchObject({
        after: null,
        filter: { search: "ana" },
      }),
    );
    expect(backend.asked("UsersPage")).toHaveLength(2);
  });

  it("shows the same view to whoever opens it", async () => {
    open("/users?role=ADMIN&status=ACTIVE&sort=name&size=50");
    expect(await screen.findByLabelText(usersText.role)).toHaveValue("ADMIN");
    const sorted = await screen.findByRole("columnheader", { name: usersText.columns.name });
    expect(sorted).toHaveAttribute("aria-sort", "ascending");
    expect(backend.asked("UsersPage")[0]).toEqual({
      first: 50,
      after: null,
      filter: { role: "ADMIN", status: "ACTIVE" },
      orderBy: "NAME_ASC",
    });
  });

  it("walks by cursors, and back", async () => {
    const { user, address, router } = open("/users");
    await rowOf(ANA.name);
    await user.click(await button("Next"));
    expect(address()).toBe("/users?after=last");
    await user.click(await button("Previous"));
    expect(address()).toBe("/users?before=first");
    await router.navigate(-2);
    expect(address()).toBe("/users");
  });

  it("stays behind a sheet, and is there after it", async () => {
    const { user, address } = open("/users?role=MEMBER");
    await user.click(within(await menuOf(ANA.name, user)).getByText(actionText.edit));
    expect(address()).toBe("/users/u_ana/edit?role=MEMBER");
    await user.click(await button(formText.cancel));
    expect(address()).toBe("/users?role=MEMBER");
  });
});

describe("a new user", () => {
  it("is refused field by field, before and after asking the server", async () => {
    const { user } = open("/users/new");
    await user.click(await button(new RegExp(formText.create)));
    expect(await screen.findByText(formText.problems.nameEmpty)).toBeVisible();
    expect(screen.getByText(formText.problems.passwordShort)).toBeVisible();
    expect(backend.asked("CreateUser")).toEqual([]);

    await user.type(screen.getByLabelText(formText.name), "Ana Again");
    await user.type(screen.getByLabelText(formText.email), ANA.email ?? "");
    await user.type(screen.getByLabelText(formText.password), "a quite long one");
    await user.click(await button(new RegExp(formText.create)));
    expect(await screen.findByText(formText.problems.emailTaken)).toBeVisible();
    expect(screen.getByLabelText(formText.email)).toHaveAccessibleDescription(
      formText.problems.emailTaken,
    );
  });

  it("is created by Ctrl+Enter, with a password that was made for them", async () => {
    const { user, address } = open("/users/new");
    await user.type(await screen.findByLabelText(formText.name), "Cy Roe");
    await user.type(screen.getByLabelText(formText.email), " cy@example.com ");
    await user.click(await button(formText.generate));
    await user.click(screen.getByLabelText(formText.name));
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(address()).toBe("/users"));
    const [{ input } = {}] = backend.asked("CreateUser");
    expect(input).toMatchObject({ name: "Cy Roe", email: "cy@example.com", role: "MEMBER" });
    expect(await rowOf("Cy Roe")).toBeVisible();
  });

  it("is not thrown away by mistake", async () => {
    const { user, address } = open("/users/new");
    await user.type(await screen.findByLabelText(formText.name), "Cy");
    await user.keyboard("{Escape}");
    const asking = await screen.findByRole("alertdialog");
    await user.click(within(asking).getByRole("button", { name: formText.cancel }));
    expect(screen.getByLabelText(formText.name)).toHaveValue("Cy");

    await user.click(await button(formText.cancel));
    await user.click(await button(formText.discard));
    await waitFor(() => expect(address()).toBe("/users"));
  });
});

describe("two who edit one account", () => {
  async function collide() {
    const opened = open("/users/u_ana/edit");
    const name = await screen.findByLabelText(formText.name);
    await opened.user.clear(name);
    await opened.user.type(name, "Ana S.");
    backend.meanwhile("Eve Stone", ANA.id, { role: "ADMIN" });
    await opened.user.click(await button(new RegExp(formText.save)));
    await screen.findByText(conflictText.title("Eve Stone"));
    return opened;
  }

  it("keeps both changes when the second writes over the first", async () => {
    const { user, address } = await collide();
    await user.click(await button(conflictText.overwrite));
    await waitFor(() => expect(address()).toBe("/users"));
    expect(backend.users.get(ANA.id)).toMatchObject({ name: "Ana S.", role: "ADMIN", version: 3 });
    expect(backend.asked("UpdateUser").map((asked) => asked.expectedVersion)).toEqual([1, 2]);
  });

  it("starts from what is there after a reload", async () => {
    const { user } = await collide();
    await user.click(await button(conflictText.reload));
    expect(screen.getByLabelText(formText.name)).toHaveValue(ANA.name);
    const sheet = within(screen.getByRole("dialog"));
    expect(sheet.getByLabelText(formText.role)).toHaveValue("ADMIN");
    expect(screen.queryByText(conflictText.title("Eve Stone"))).not.toBeInTheDocument();
    expect(backend.users.get(ANA.id)?.name).toBe(ANA.name);
  });

  it("tells the second while they are still typing", async () => {
    const { user, client } = open("/users/u_ana/edit");
    await user.type(await screen.findByLabelText(formText.name), "!");
    backend.meanwhile("Eve Stone", ANA.id, { role: "ADMIN" });
    await client.invalidateQueries({ queryKey: ["user", ANA.id] });
    expect(await screen.findByText(conflictText.title("Eve Stone"))).toBeVisible();
    expect(screen.getByLabelText(formText.name)).toHaveValue(`${ANA.name}!`);
  });
});

describe("taking away", () => {
  it("wants the address typed", async () => {
    const { user } = open("/users");
    await user.click(within(await menuOf(ANA.name, user)).getByText(actionText.remove));
    const dialog = await screen.findByRole("alertdialog");
    const confirm = within(dialog).getByRole("button", { name: actionText.remove });
    await user.type(within(dialog).getByRole("textbox"), "ana@example.co");
    expect(confirm).toBeDisabled();
    await user.type(within(dialog).getByRole("textbox"), "m");
    await user.click(confirm);
    await waitFor(() => expect(screen.queryByText(ANA.name)).not.toBeInTheDocument());
    expect(backend.asked("DeleteUser")).toEqual([{ id: ANA.id }]);
  });

  it("is closed for one's own account, and says why", async () => {
    const { user } = open("/users");
    const menu = await menuOf(ME.name, user);
    const remove = within(menu).getByRole("menuitem", { name: new RegExp(actionText.ownDelete) });
    expect(remove).toHaveAttribute("aria-disabled", "true");
    expect(within(menu).getByText(actionText.ownDisable)).toBeVisible();
  });

  it("says what the server has against it, and keeps the dialog", async () => {
    backend.server.use(
      graphql.mutation("UpdateUser", () =>
        refusal("CONFLICT", "The last administrator must stay one"),
      ),
    );
    const { user } = open("/users");
    await user.click(within(await menuOf(ANA.name, user)).getByText(actionText.disable));
    await user.click(
      within(await screen.findByRole("alertdialog")).getByRole("button", {
        name: actionText.disable,
      }),
    );
    expect(await screen.findByRole("alert")).toHaveTextContent(actionText.lastAdmin);
  });
});

describe("several at once", () => {
  it("are changed one by one, without oneself", async () => {
    const { user } = open("/users");
    await user.click(await screen.findByLabelText(usersText.selectAll));
    await user.click(await button(bulkText.disable));
    const dialog = await screen.findByRole("alertdialog");
    expect(dialog).toHaveTextContent(bulkText.confirm.disable(2));
    expect(dialog).toHaveTextContent(bulkText.own);
    await user.click(within(dialog).getByRole("button", { name: bulkText.disable }));
    await waitFor(() => expect(backend.users.get(BO.id)?.status).toBe("DISABLED"));
    expect(backend.users.get(ANA.id)?.status).toBe("DISABLED");
    expect(backend.users.get(ME.id)?.status).toBe("ACTIVE");
    // What was done is done: nobody stays selected.
    expect(await screen.findByText(usersText.count(3))).toBeVisible();
  });

  it("are told something together, once", async () => {
    const { user } = open("/users");
    await user.click(await screen.findByLabelText(usersText.select(ANA.name)));
    await user.click(await screen.findByLabelText(usersText.select(BO.name)));
    await user.click(await button(bulkText.notify));
    await user.type(
      await screen.findByLabelText("Title"),
      "Backup at noon{Control>}{Enter}{/Control}",
    );
    await waitFor(() => expect(backend.asked("SendNotification")).toHaveLength(1));
    expect(backend.asked("SendNotification")[0]).toMatchObject({
      input: { userIds: [ANA.id, BO.id], title: "Backup at noon", level: "INFO" },
      idempotencyKey: expect.stringMatching(/^[\w-]{36}$/),
    });
  });

  it("are chosen and opened by keyboard", async () => {
    const { user, address } = open("/users");
    (await rowOf(ME.name)).focus();
    await user.keyboard("{ArrowDown} {ArrowDown} ");
    expect(await screen.findByText(bulkText.selected(2))).toBeVisible();
    await user.keyboard("{ArrowUp}{Enter}");
    expect(address()).toBe("/users/u_ana");
  });
});
