import {
  Keyboard,
  LogOut,
  type LucideIcon,
  Monitor,
  Moon,
  Rows2,
  Rows4,
  Sun,
  UserPlus,
} from "lucide-react";
import { useNavigate } from "react-router-dom";
import { shellText } from "@/messages/shell";
import { useAuth, useIsAdmin } from "@/store/auth";
import { useUi } from "@/store/ui";

export interface PaletteAction {
  label: string;
  icon: LucideIcon;
  act: () => void;
}

const words = shellText.actions;

/** What can be done from the palette, without what is so already. */
export function usePaletteActions(openShortcuts: () => void): PaletteAction[] {
  const { theme, density, set } = useUi();
  const logout = useAuth((auth) => auth.logout);
  const isAdmin = useIsAdmin();
  const navigate = useNavigate();
  const compact = density === "compact";
  const all: (PaletteAction & { hidden?: boolean })[] = [
    { label: words.newUser, icon: UserPlus, act: () => navigate("/users/new"), hidden: !isAdmin },
    {
      label: words.themeDark,
      icon: Moon,
      act: () => set({ theme: "dark" }),
      hidden: theme === "dark",
    },
    {
      label: words.themeLight,
      icon: Sun,
      act: () => set({ theme: "light" }),
      hidden: theme === "light",
    },
    {
      label: words.themeSystem,
      icon: Monitor,
      act: () => set({ theme: "system" }),
      hidden: theme === "system",
    },
    {
      label: compact ? words.comfortable : words.compact,
      icon: compact ? Rows2 : Rows4,
      act: () => set({ density: compact ? "comfortable" : "compact" }),
    },
    { label: words.shortcuts, icon: Keyboard, act: openShortcuts },
    { label: shellText.signOut, icon: LogOut, act: () => void logout() },
  ];
  return all.filter((action) => !action.hidden);
}
