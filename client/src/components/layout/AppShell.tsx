import { lazy, Suspense, useState } from "react";
import { Outlet } from "react-router-dom";
import { Announcer } from "@/components/layout/Announcer";
import { ConnectionBanner } from "@/components/layout/ConnectionBanner";
import { SessionEndedDialog } from "@/components/layout/SessionEndedDialog";
import { Sidebar } from "@/components/layout/Sidebar";
import { TopBar } from "@/components/layout/TopBar";
import { UpdateBanner } from "@/components/layout/UpdateBanner";
import { useShellShortcuts } from "@/components/layout/useShellShortcuts";
import { shellText } from "@/messages/shell";

const CommandPalette = lazy(() => import("@/components/layout/CommandPalette"));
const ShortcutSheet = lazy(() => import("@/components/layout/ShortcutSheet"));

type Layer = "palette" | "shortcuts" | null;

/** What stands around every page. */
export function AppShell() {
  const [layer, setLayer] = useState<Layer>(null);
  const openPalette = () => setLayer("palette");
  const openShortcuts = () => setLayer("shortcuts");
  const close = (open: boolean) => !open && setLayer(null);
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
      <SessionEndedDialog />
      <Suspense fallback={null}>
        {layer === "palette" && <CommandPalette onOpenChange={close} onShortcuts={openShortcuts} />}
        {layer === "shortcuts" && <ShortcutSheet onOpenChange={close} />}
      </Suspense>
    </div>
  );
}
