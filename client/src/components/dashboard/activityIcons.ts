import {
  Bell,
  CircleDot,
  FileDown,
  FileInput,
  KeyRound,
  LogIn,
  LogOut,
  type LucideIcon,
  MonitorX,
  ShieldX,
  TriangleAlert,
  UserMinus,
  UserPen,
  UserPlus,
} from "lucide-react";

const ICONS: [string, LucideIcon][] = [
  ["auth.login_failed", ShieldX],
  ["auth.login", LogIn],
  ["auth.logout", LogOut],
  ["auth.", ShieldX],
  ["access.", ShieldX],
  ["user.created", UserPlus],
  ["user.deleted", UserMinus],
  ["user.", UserPen],
  ["profile.", UserPen],
  ["session.", MonitorX],
  ["api_key.", KeyRound],
  ["import.", FileInput],
  ["report.", FileDown],
  ["notification.", Bell],
  ["alert.", TriangleAlert],
];

/** By the action, or what it begins with; a dot for what applications report themselves. */
export function iconOf(action: string): LucideIcon {
  return ICONS.find(([prefix]) => action.startsWith(prefix))?.[1] ?? CircleDot;
}
