import { Outlet } from "react-router-dom";
import { lazyPage } from "@/components/layout/lazyPage";
import { useIsAdmin } from "@/store/auth";

const Forbidden = lazyPage(() => import("@/pages/ForbiddenPage"));

/** The server refuses anyway; this says so before asking. */
export function RequireAdmin() {
  return useIsAdmin() ? <Outlet /> : <Forbidden />;
}
