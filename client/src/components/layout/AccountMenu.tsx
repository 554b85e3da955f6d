import { Keyboard, LogOut, Settings, UserRound } from "lucide-react";
import { useNavigate } from "react-router-dom";
import { messageOf } from "@/api/errors";
import { Avatar, initialsOf } from "@/components/common/Avatar";
import { Menu } from "@/components/common/Menu";
import { toast } from "@/components/common/toast";
import { shellText } from "@/messages/shell";
import { useAuth } from "@/store/auth";

export function AccountMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const user = useAuth((auth) => auth.user);
  const logout = useAuth((auth) => auth.logout);
  const navigate = useNavigate();
  if (!user) return null;
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={shellText.account(initialsOf(user.name))}
          className="flex size-9 items-center justify-center rounded-full pointer-coarse:size-11"
        >
          <Avatar name={user.name} url={user.avatarUrl} />
        </button>
      }
      header={
        <span className="grid">
          <span className="truncate font-medium">{user.name}</span>
          <span className="truncate text-caption text-muted">{user.email}</span>
        </span>
      }
      items={[
        { label: shellText.nav.profile, icon: <UserRound />, onSelect: () => navigate("/me") },
        {
          label: shellText.nav.settings,
          icon: <Settings />,
          onSelect: () => navigate("/settings"),
        },
        { label: shellText.actions.shortcuts, icon: <Keyboard />, onSelect: onShortcuts },
        {
          label: shellText.signOut,
          icon: <LogOut />,
          onSelect: () => void logout().catch((error: unknown) => toast.error(messageOf(error))),
        },
      ]}
    />
  );
}
