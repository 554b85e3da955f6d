import { useEffect, useRef } from "react";
import { Navigate, Outlet, useLocation } from "react-router-dom";
import { useAuth } from "@/store/auth";

/** Shows what is inside to whoever is signed in; others sign in first and come back. */
export function RequireSession() {
  const status = useAuth((auth) => auth.status);
  const userId = useAuth((auth) => auth.user?.id);
  const wasIn = useRef(false);
  const { pathname, search, hash } = useLocation();
  useEffect(() => {
    if (userId !== undefined) wasIn.current = true;
  }, [userId]);
  if (status === "signedIn" || status === "ended") return <Outlet />;
  if (status === "unknown") return null;
  // Who chose to sign out does not leave the next person where they were.
  const next = wasIn.current || pathname === "/" ? "" : pathname + search + hash;
  const to = next ? `/login?next=${encodeURIComponent(next)}` : "/login";
  return <Navigate to={to} replace />;
}
