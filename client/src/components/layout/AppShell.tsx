import { useState } from "react";
import { Outlet } from "react-router-dom";
import { lazyLayer } from "@/components/common/lazyLayer";
import { Announcer } from "@/components/layout/Announcer";
import { ConnectionBanner } from "@/components/layout/ConnectionBanner";
import { Sidebar } from "@/components/layout/Sidebar";
import { TopBar } from "@/components/layout/TopBar";
import { UpdateBanner } from "@/components/layout/UpdateBanner";
import { useShellShortcuts } from "@/components/layout/useShellShortcuts";
import { shellText } from "@/messages/shell";
import { useAuth } from "@/store/auth";

const CommandPalette = lazyLayer(() =>
  import("@/components/layout/CommandPalette").then((code) => code.CommandPalette),
);
const ShortcutSheet = lazyLayer(() =>
  import("@/components/layout/ShortcutSheet").then((code) => code.ShortcutSheet),
);
const SessionEndedDialog = lazyLayer(() =>
  import("@/components/layout/SessionEndedDialog").then((code) => code.SessionEndedDialog),
);

type Layer = "palette" | "shortcuts" | null;

/** What stands around every page. */
export function AppShell() {
  const [layer, setLayer] = useState<Layer>(null);
  const openPalette = () => setLayer("palette");
  const openShortcuts = () => setLayer("shortcuts");
  const close = (open: boolean) => !open && setLayer(null);
  const ended = useAuth((auth) => auth.status === "ended");
  useShellShortcuts({ openPalette, openShortcuts });
  return (
    <div className="flex min-h-dvh">
      <a
        href="#content"
        className="fixed start-2 top-2 z-60 -translate-y-16 rounded-control bg-accent px-3 py-2 font-medium text-on-accent focus:translate-y-0"
      >
        {shellText.skip}
      </a>
      <Sidebar />
      <div className="flex min-w-0 grow flex-col">
        <TopBar onPalette={openPalette} onShortcuts={openShortcuts} />
        <UpdateBanner />
        <ConnectionBanner />
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto flex w-full max-w-[1440px] grow flex-col p-4 lg:p-6"
        >
          <Outlet />
        </main>
      </div>
      <Announcer />
      <SessionEndedDialog open={ended} />
      <CommandPalette open={layer === "palette"} onOpenChange={close} onShortcuts={openShortcuts} />
      <ShortcutSheet open={layer === "shortcuts"} onOpenChange={close} />
    </div>
  );
}
