/** Who is signed in, in this tab and after a reload. */

import { create } from "zustand";
import { persist } from "zustand/middleware";
import * as session from "@/api/session";
import { onTabMessage, type Pass } from "@/api/tabs";
import type { Credentials, Me } from "@/types/api";

export type AuthStatus = "unknown" | "signedIn" | "signedOut" | "ended";

interface AuthState {
  user: Me | null;
  token: string | null;
  /** When the token ends, and is to be renewed, ms by this machine's clock. */
  expiresAt: number;
  renewsAt: number;
  /** `ended`: the server ended the session; the page waits for a new sign-in. */
  status: AuthStatus;
  login(credentials: Credentials): Promise<void>;
  logout(everywhere?: boolean): Promise<void>;
  refreshToken(): Promise<void>;
  setUser(user: Me): void;
}

const STORED_AS = "user-dashboard.auth";

export const useAuth = create<AuthState>()(
  persist(
    (set) => ({
      user: null,
      token: null,
      expiresAt: 0,
      renewsAt: 0,
      status: "unknown",
      login: async ({ email, password }) => {
        await session.login(email, password);
      },
      logout: (everywhere = false) => session.logout(everywhere),
      refreshToken: async () => {
        await session.refresh();
      },
      setUser: (user) => set({ user }),
    }),
    {
      name: STORED_AS,
      partialize: ({ user, token, expiresAt, renewsAt, status }) => ({
        ...{ user, token, expiresAt, renewsAt, status },
      }),
      merge: (stored, current) => {
        const found = { ...current, ...(stored as object) };
        return { ...found, status: found.token === null ? signedOutOr(found.status) : "signedIn" };
      },
    },
  ),
);

export function useIsAdmin(): boolean {
  return useAuth((auth) => auth.user?.role === "ADMIN");
}

function signedOutOr(status: AuthStatus): AuthStatus {
  return status === "ended" ? "ended" : "signedOut";
}

function open(pass: Pass): void {
  useAuth.setState({ ...pass, status: "signedIn" });
}

function close(why: "signedOut" | "ended"): void {
  // News of an end may come after the sign-out that caused it.
  if (why === "ended" && useAuth.getState().status !== "signedIn") return;
  // Who it was is kept after an end: the page stays, and asks for the password alone.
  const user = why === "ended" ? useAuth.getState().user : null;
  useAuth.setState({ token: null, expiresAt: 0, renewsAt: 0, user, status: why });
}

session.keepSessionIn({
  pass: () => {
    const { token, expiresAt, renewsAt, user } = useAuth.getState();
    return token === null || user === null ? null : { token, expiresAt, renewsAt, user };
  },
  reload: () => void useAuth.persist.rehydrate(),
  open,
  close,
});

onTabMessage((message) => {
  if (message.type === "opened") open(message.pass);
  else close(message.why);
});

// A tab that was frozen has not heard the others, but has their storage.
addEventListener("storage", ({ key }) => {
  if (key === STORED_AS) void useAuth.persist.rehydrate();
});

if (useAuth.getState().status === "unknown") useAuth.setState({ status: "signedOut" });
