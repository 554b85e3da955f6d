import { QueryClient } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { lazyPage } from "@/components/layout/lazyPage";
import { useUpdate } from "@/store/update";
import { openAt } from "@/test/open";

beforeEach(() => {
  useUpdate.setState({ available: false });
  // React reports what a boundary caught; that it was caught is what is tested here.
  vi.spyOn(console, "error").mockImplementation(() => {});
});

test("code that is gone asks for a reload instead of crashing, and can be tried again", async () => {
  const load = vi
    .fn<() => Promise<{ default: () => JSX.Element }>>()
    .mockRejectedValueOnce(new TypeError("Failed to fetch dynamically imported module"))
    .mockResolvedValue({ default: () => <p>Here it is</p> });
  const Page = lazyPage(load);
  openAt("/", [{ path: "/", element: <Page /> }]);
  expect(await screen.findByRole("heading", { name: "This page needs a reload" })).toBeVisible();
  expect(useUpdate.getState().available).toBe(true);
  await userEvent.click(screen.getByRole("button", { name: "Retry" }));
  expect(await screen.findByText("Here it is")).toBeVisible();
});

test("a page whose code has come is drawn at once, with no skeleton before it", async () => {
  const prepare = vi.fn(() => new Promise<void>(() => {}));
  const Page = lazyPage(async () => ({ default: () => <p>Here it is</p>, prepare }));
  const [client, address] = [new QueryClient(), new URL("http://localhost/?range=7d")];
  await Page.fetch(client, address);
  openAt("/", [{ path: "/", element: <Page /> }]);
  expect(screen.getByText("Here it is")).toBeVisible();
  expect(prepare).toHaveBeenCalledWith(client, address);
});

test("a page that breaks gives a reference and can be tried again", async () => {
  let broken = true;
  function Fragile() {
    if (broken) throw new Error("a bug");
    return <p>Mended</p>;
  }
  const Page = lazyPage(() => Promise.resolve({ default: Fragile }));
  openAt("/", [{ path: "/", element: <Page /> }]);
  expect(await screen.findByRole("heading", { name: "This page has failed" })).toBeVisible();
  expect(screen.getByText(/^[0-9a-f]{1,8}$/)).toBeVisible();
  broken = false;
  await userEvent.click(screen.getByRole("button", { name: "Retry" }));
  expect(await screen.findByText("Mended")).toBeVisible();
  expect(useUpdate.getState().available).toBe(false);
});
