import { screen, waitFor, within } from "@testing-library/react";
import { graphql } from "msw";
import { afterEach, beforeEach, expect, it } from "vitest";
import { sessionsText } from "@/messages/sessions";
import { formText, profileText, usersText } from "@/messages/users";
import { useAuth } from "@/store/auth";
import { ANA, account, accountsServer, ME, PHONE, refusal } from "@/test/accounts";
import { openAt, signInAs } from "@/test/open";
import ProfilePage from "./ProfilePage";

const HIDDEN = account("u_hid", "Bo Lind", { email: null, role: null });
const routes = [
  { path: "/users/:id", element: <ProfilePage /> },
  { path: "/me", element: <ProfilePage /> },
];

let backend: ReturnType<typeof accountsServer>;

beforeEach(() => {
  backend = accountsServer([ME, ANA, HIDDEN]);
  backend.server.listen({ onUnhandledRequest: "error" });
});

afterEach(() => backend.server.close());

it("shows a member no more of somebody else than the public part", async () => {
  signInAs(ANA);
  openAt(`/users/${HIDDEN.id}?edit=1`, routes);
  expect(await screen.findByRole("heading", { name: HIDDEN.name })).toBeVisible();
  expect(screen.getByText(profileText.publicNote)).toBeVisible();
  expect(screen.queryByRole("tab")).not.toBeInTheDocument();
  expect(screen.queryByRole("button")).not.toBeInTheDocument();
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
});

it("says once that somebody is online", async () => {
  backend.server.close();
  backend = accountsServer([ME, { ...ANA, presence: "ONLINE" }]);
  backend.server.listen({ onUnhandledRequest: "error" });
  signInAs(ME);
  openAt(`/users/${ANA.id}`, routes);
  await screen.findByRole("heading", { name: ANA.name });
  expect(screen.getAllByText(usersText.online)).toHaveLength(1);
});

it("says that there is nobody, within the page", async () => {
  signInAs(ME);
  openAt("/users/u_nobody", routes);
  expect(
    await screen.findByRole("heading", { name: profileText.notFoundTitle }),
  ).toBeInTheDocument();
});

it("lets a member change their own name, and neither role nor status", async () => {
  signInAs(ANA);
  const { user, address } = openAt("/me", routes);
  await user.click(await screen.findByRole("button", { name: profileText.editOwn }));
  expect(address()).toBe("/me?edit=1");
  const sheet = within(await screen.findByRole("dialog"));
  expect(sheet.queryByRole("combobox")).not.toBeInTheDocument();
  await user.type(sheet.getByLabelText(formText.name), " Lopes");
  await user.click(sheet.getByRole("button", { name: new RegExp(formText.save) }));
  await waitFor(() => expect(address()).toBe("/me"));
  expect(await screen.findByRole("heading", { name: "Ana Silva Lopes" })).toBeVisible();
  expect(useAuth.getState().user?.name).toBe("Ana Silva Lopes");
});

it("asks for the password with one's own new address, and says when it is wrong", async () => {
  backend.server.use(
    graphql.mutation("UpdateUser", ({ variables }) =>
      variables.input.currentPassword === "right"
        ? undefined
        : refusal("INVALID_CREDENTIALS", "The current password is wrong"),
    ),
  );
  signInAs(ANA);
  const { user, address } = openAt("/me?edit=1", routes);
  const sheet = within(await screen.findByRole("dialog"));
  expect(sheet.queryByLabelText(formText.currentPassword)).not.toBeInTheDocument();
  await user.type(sheet.getByLabelText(formText.email), ".br");
  const save = () => user.click(sheet.getByRole("button", { name: new RegExp(formText.save) }));
  await save();
  expect(await sheet.findByText(formText.problems.currentPasswordEmpty)).toBeVisible();
  await user.type(sheet.getByLabelText(formText.currentPassword), "wrong");
  await save();
  expect(await sheet.findByText(formText.problems.currentPasswordWrong)).toBeVisible();
  await user.clear(sheet.getByLabelText(formText.currentPassword));
  await user.type(sheet.getByLabelText(formText.currentPassword), "right");
  await save();
  await waitFor(() => expect(address()).toBe("/me"));
  expect(backend.users.get(ANA.id)?.email).toBe("ana@example.com.br");
});

it("lets an administrator sign somebody's device out", async () => {
  signInAs(ME);
  const { user } = openAt(`/users/${ANA.id}?tab=sessions`, routes);
  const label = sessionsText.revokeOf(PHONE.device, PHONE.ip);
  await user.click(await screen.findByRole("button", { name: label }));
  const dialog = within(await screen.findByRole("alertdialog"));
  await user.click(dialog.getByRole("button", { name: sessionsText.revoke }));
  expect(await screen.findByText(profileText.sessionsEmpty)).toBeVisible();
  expect(backend.asked("RevokeSession")).toEqual([{ id: PHONE.id }]);
});
