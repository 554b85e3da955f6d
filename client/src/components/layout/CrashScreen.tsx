import { useRouteError } from "react-router-dom";
import { CrashPage } from "@/components/layout/CrashPage";

/** The last resort, when the shell itself broke. */
export function CrashScreen() {
  const error = useRouteError();
  const shown = error instanceof Error ? error : new Error(String(error));
  return (
    <main className="p-6">
      <CrashPage error={shown} onRetry={() => window.location.reload()} />
    </main>
  );
}
