import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { RequireSession } from "@/components/layout/RequireSession";
import { SessionEndedDialog } from "@/components/layout/SessionEndedDialog";
import SignInPage, { safeNext } from "@/pages/SignInPage";
import { useAuth } from "@/store/auth";
import { openAt } from "@/test/open";

const user = { id: "u1", email: "ana@example.com", name: "Ana", avatar_url: null };
const RIGHT = "correct horse battery";

const refuse = (status: number, code: string, details: object = {}) =>
  HttpResponse.json({ success: false, error: { code, message: code, details } }, { status });

const server = setupServer(
  http.post("*/api/v1/auth/login", async ({ request }) => {
    const { password } = (await request.json()) as { password: string };
    if (password === "too often") return refuse(429, "RATE_LIMITED", { retry_after_s: 30 });
    if (password !== RIGHT) return refuse(401, "INVALID_CREDENTIALS");
    const account = { ...user, role: "ADMIN", status: "ACTIVE", version: 1 };
    const data = { access_token: "a token", expires_in: 1800, user: account };
    return HttpResponse.json({ success: true, data });
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());
afterEach(() => useAuth.setState({ user: null, token: null, expiresAt: 0, status: "signedOut" }));

const routes = [
  { path: "/login", element: <SignInPage /> },
  {
    element: <RequireSession />,
    children: [{ path: "*", element: <input aria-label="Note" /> }],
  },
];

async function signIn(password: string) {
  await userEvent.type(await screen.findByLabelText("E-mail"), user.email);
  await userEvent.type(screen.getByLabelText("Password"), `${password}{Enter}`);
}

test("whoever signs in comes back to where they wanted to go", async () => {
  const page = openAt("/audit?actor=bo", routes);
  await signIn(RIGHT);
  await waitFor(() => expect(page.address()).toBe("/audit?actor=bo"));
});

test("a wrong password is refused without saying which of the two was wrong", async () => {
  openAt("/login", routes);
  await signIn("wrong");
  expect(await screen.findByRole("alert")).toHaveTextContent("E-mail or password is wrong.");
  expect(screen.getByLabelText("Password")).toHaveValue("");
  expect(screen.getByLabelText("E-mail")).toHaveValue(user.email);
});

test("too many tries are told to wait, and the button counts the seconds", async () => {
  openAt("/login", routes);
  await signIn("too often");
  expect(await screen.findByRole("alert")).toHaveTextContent("Too many tries");
  expect(screen.getByRole("button", { name: /^Wait (30|29) s$/ })).toBeDisabled();
});

test("an empty form names what is missing and asks nobody", async () => {
  openAt("/login", routes);
  await userEvent.click(await screen.findByRole("button", { name: "Sign in" }));
  expect(screen.getByLabelText("E-mail")).toHaveAccessibleDescription("Enter your e-mail address.");
  expect(screen.getByLabelText("E-mail")).toHaveFocus();
});

test.each([
  ["//evil.example/x", "/"],
  ["/\\evil.example", "/"],
  ["https://evil.example/", "/"],
  ["javascript:alert(1)", "/"],
  ["/login?next=/login", "/"],
  [null, "/"],
  ["/users?role=ADMIN", "/users?role=ADMIN"],
])("%s leads to %s", (next, place) => {
  expect(safeNext(next)).toBe(place);
});

test("a session that ends leaves the page as it was, and is taken up in place", async () => {
  const { avatar_url, ...rest } = user;
  const me = {
    ...rest,
    avatarUrl: avatar_url,
    role: "ADMIN",
    status: "ACTIVE",
    version: 1,
  } as const;
  useAuth.setState({ user: me, token: null, status: "ended" });
  function Page() {
    const open = useAuth((auth) => auth.status === "ended");
    return (
      <>
        <input aria-label="Note" />
        <SessionEndedDialog open={open} />
      </>
    );
  }
  openAt("/", [{ path: "/", element: <Page /> }]);
  const note = screen.getByLabelText("Note");
  await userEvent.type(await screen.findByLabelText("Password"), `${RIGHT}{Enter}`);
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  expect(useAuth.getState().status).toBe("signedIn");
  expect(screen.getByLabelText("Note")).toBe(note);
});
