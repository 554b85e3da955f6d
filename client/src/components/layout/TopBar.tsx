import { Search } from "lucide-react";
import { ariaKeys } from "@/components/common/ariaKeys";
import { Keys } from "@/components/common/Keys";
import { Bell } from "@/components/dashboard/Bell";
import { AccountMenu } from "@/components/layout/AccountMenu";
import { ConnectionStatus } from "@/components/layout/ConnectionStatus";
import { NavDrawer } from "@/components/layout/NavDrawer";
import { shellText } from "@/messages/shell";

interface TopBarProps {
  onPalette: () => void;
  onShortcuts: () => void;
}

export function TopBar({ onPalette, onShortcuts }: TopBarProps) {
  return (
    <header className="sticky top-0 z-30 flex h-(--topbar) items-center gap-2 border-b border-hairline bg-card px-3 lg:px-6">
      <NavDrawer />
      <button
        type="button"
        onClick={onPalette}
        aria-keyshortcuts={ariaKeys("mod+k")}
        className="flex h-(--control-md) min-w-9 items-center gap-2 rounded-control border border-hairline bg-canvas px-2.5 text-table text-subtle hover:border-control hover:text-text md:w-72"
      >
        <Search aria-hidden className="size-4 shrink-0" />
        <span className="max-md:sr-only">{shellText.search}</span>
        <span aria-hidden className="ms-auto max-md:hidden pointer-coarse:hidden">
          <Keys keys="mod+k" />
        </span>
      </button>
      <div className="ms-auto flex items-center gap-2">
        <ConnectionStatus />
        <Bell />
        <AccountMenu onShortcuts={onShortcuts} />
      </div>
    </header>
  );
}
