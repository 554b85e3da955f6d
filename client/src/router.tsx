import type { QueryClient } from "@tanstack/react-query";
import { isValidElement } from "react";
import { createBrowserRouter, type RouteObject } from "react-router-dom";
import { AppShell } from "@/components/layout/AppShell";
import { CrashScreen } from "@/components/layout/CrashScreen";
import { type LazyPage, lazyPage } from "@/components/layout/lazyPage";
import { RequireAdmin } from "@/components/layout/RequireAdmin";
import { RequireSession } from "@/components/layout/RequireSession";
import { useAuth } from "@/store/auth";

const SignIn = lazyPage(() => import("@/pages/SignInPage"));
const Dashboard = lazyPage(() => import("@/pages/DashboardPage"));
const Users = lazyPage(() => import("@/pages/UsersPage"));
const Profile = lazyPage(() => import("@/pages/ProfilePage"));
const Sessions = lazyPage(() => import("@/pages/SessionsPage"));
const Audit = lazyPage(() => import("@/pages/AuditPage"));
const ApiKeys = lazyPage(() => import("@/pages/ApiKeysPage"));
const Settings = lazyPage(() => import("@/pages/SettingsPage"));
const Explorer = lazyPage(() => import("@/pages/ExplorerPage"));
const NotFound = lazyPage(() => import("@/pages/NotFoundPage"));

const forAdmins: RouteObject[] = [
  {
    path: "users",
    element: <Users />,
    // The page looks at the address itself: the sheets lie over its list.
    children: [
      { path: "new", element: null },
      { path: ":id/edit", element: null },
    ],
  },
  { path: "api-keys", element: <ApiKeys /> },
];

export const routes: RouteObject[] = [
  {
    errorElement: <CrashScreen />,
    children: [
      { path: "/login", element: <SignIn /> },
      {
        element: <RequireSession />,
        children: [
          {
            element: <AppShell />,
            children: [
              { path: "/", element: <Dashboard /> },
              { element: <RequireAdmin />, children: forAdmins },
              { path: "/users/:id", element: <Profile /> },
              { path: "/me", element: <Profile /> },
              { path: "/audit", element: <Audit /> },
              { path: "/sessions", element: <Sessions /> },
              { path: "/settings", element: <Settings /> },
              { path: "/explorer", element: <Explorer /> },
              { path: "*", element: <NotFound /> },
            ],
          },
        ],
      },
    ],
  },
];

export const router = createBrowserRouter(routes, {
  future: {
    v7_relativeSplatPath: true,
    v7_fetcherPersist: true,
    v7_normalizeFormMethod: true,
    v7_partialHydration: true,
    v7_skipActionErrorRevalidation: true,
  },
});

/** Fetches what the first drawing is made of: drawn without it, the page is drawn twice. */
export async function fetchFirstPage(client: QueryClient): Promise<void> {
  const address = new URL(window.location.href);
  if (useAuth.getState().status === "signedOut") return SignIn.fetch(client, address);
  for (const { route } of router.state.matches) {
    const { element } = route as RouteObject;
    if (isValidElement(element)) await (element.type as Partial<LazyPage>).fetch?.(client, address);
  }
}
