import {
  Braces,
  KeyRound,
  LayoutDashboard,
  type LucideIcon,
  MonitorSmartphone,
  ScrollText,
  Settings,
  UserRound,
  Users,
} from "lucide-react";
import { shellText } from "@/messages/shell";

export interface Destination {
  to: string;
  label: string;
  icon: LucideIcon;
  keys?: string;
  adminOnly?: boolean;
  /** What it is to those who see only their own part of it. */
  ownLabel?: string;
}

const words = shellText.nav;

/** Every page, in the order of the sidebar and the palette. */
export const destinations: readonly Destination[] = [
  { to: "/", label: words.dashboard, icon: LayoutDashboard, keys: "g d" },
  { to: "/users", label: words.users, icon: Users, keys: "g u", adminOnly: true },
  { to: "/audit", label: words.audit, ownLabel: words.activity, icon: ScrollText, keys: "g a" },
  { to: "/api-keys", label: words.apiKeys, icon: KeyRound, adminOnly: true },
  { to: "/sessions", label: words.sessions, icon: MonitorSmartphone, keys: "g s" },
  { to: "/me", label: words.profile, icon: UserRound, keys: "g p" },
  { to: "/settings", label: words.settings, icon: Settings },
  { to: "/explorer", label: words.explorer, icon: Braces, keys: "g e" },
];
