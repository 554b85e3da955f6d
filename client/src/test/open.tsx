import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, type RouteObject, RouterProvider } from "react-router-dom";
import { useAuth } from "@/store/auth";
import type { Me } from "@/types/api";

/** Signs in as `me` without asking anybody. */
export function signInAs(me: Me): void {
  const expiresAt = Date.now() + 3_600_000;
  useAuth.setState({
    user: me,
    token: "a token",
    expiresAt,
    renewsAt: expiresAt,
    status: "signedIn",
  });
}

/** Opens an address as the app would, with a cache of its own; `address()` is the one shown. */
export function openAt(path: string, routes: RouteObject[]) {
  const router = createMemoryRouter(routes, { initialEntries: [path] });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router} future={{ v7_startTransition: true }} />
    </QueryClientProvider>,
  );
  const address = () => router.state.location.pathname + router.state.location.search;
  return { user: userEvent.setup(), router, client, address };
}
