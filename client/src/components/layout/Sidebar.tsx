import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { Link } from "react-router-dom";
import { cn } from "@/components/common/cn";
import { IconButton } from "@/components/common/IconButton";
import { Logo } from "@/components/layout/Logo";
import { NavLinks } from "@/components/layout/NavLinks";
import { useClientConfig } from "@/hooks/useClientConfig";
import { commonText } from "@/messages/common";
import { shellText } from "@/messages/shell";
import { useUi } from "@/store/ui";

/** Icons with labels from 1024 px on unless collapsed, icons alone down to 640, a drawer below. */
export function Sidebar() {
  const version = useClientConfig().data?.version;
  const collapsed = useUi((ui) => ui.sidebarCollapsed);
  const set = useUi((ui) => ui.set);
  const labelClass = collapsed ? "sr-only" : "sr-only lg:not-sr-only";
  const Icon = collapsed ? PanelLeftOpen : PanelLeftClose;
  return (
    <aside
      className={cn(
        "sticky top-0 hidden h-dvh w-(--rail) shrink-0 flex-col border-e border-hairline bg-card sm:flex",
        !collapsed && "lg:w-(--sidebar)",
      )}
    >
      <Link
        to="/"
        aria-label={shellText.home}
        className="flex h-(--topbar) items-center gap-2.5 px-3.5 focus-visible:-outline-offset-2"
      >
        <Logo />
        <span className={cn("truncate font-semibold", labelClass)}>{commonText.appName}</span>
      </Link>
      <nav aria-label={shellText.navigation} className="grow overflow-y-auto px-2 py-2">
        <NavLinks labelClass={labelClass} />
      </nav>
      <div className="hidden items-center justify-between p-2.5 lg:flex">
        <IconButton
          label={collapsed ? shellText.expand : shellText.collapse}
          icon={<Icon className="rtl:-scale-x-100" />}
          onClick={() => set({ sidebarCollapsed: !collapsed })}
        />
        {version && !collapsed && (
          <span className="pe-2 text-caption text-subtle">{shellText.version(version)}</span>
        )}
      </div>
    </aside>
  );
}
