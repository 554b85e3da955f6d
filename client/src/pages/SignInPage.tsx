import { WifiOff } from "lucide-react";
import { useEffect } from "react";
import { Navigate, useSearchParams } from "react-router-dom";
import { Banner } from "@/components/layout/Banner";
import { Logo } from "@/components/layout/Logo";
import { SignInForm } from "@/components/layout/SignInForm";
import { useOfflineReason } from "@/hooks/useOfflineReason";
import { commonText } from "@/messages/common";
import { signInText } from "@/messages/signIn";
import { useAuth } from "@/store/auth";

/** A place inside this site, or the dashboard: never somebody else's address. */
export function safeNext(next: string | null): string {
  if (!next?.startsWith("/")) return "/";
  const url = new URL(next, window.location.origin);
  if (url.origin !== window.location.origin || url.pathname === "/login") return "/";
  return url.pathname + url.search + url.hash;
}

export default function SignInPage() {
  const signedIn = useAuth((auth) => auth.status === "signedIn");
  const offline = useOfflineReason();
  const [params] = useSearchParams();
  useEffect(() => {
    document.title = `${signInText.title} · ${commonText.appName}`;
  }, []);
  if (signedIn) return <Navigate to={safeNext(params.get("next"))} replace />;
  return (
    <div className="flex min-h-dvh flex-col">
      {offline && (
        <Banner tone="neutral" icon={<WifiOff aria-hidden />}>
          {offline}
        </Banner>
      )}
      <main className="grid grow place-items-center p-4">
        <div className="w-full max-w-[360px]">
          <p className="mb-6 flex items-center justify-center gap-2.5 text-section">
            <Logo className="size-8" />
            {commonText.appName}
          </p>
          <section
            aria-labelledby="sign-in"
            className="rounded-card border border-hairline bg-card p-6"
          >
            <h1 id="sign-in" className="text-title">
              {signInText.title}
            </h1>
            <p className="mt-1 mb-5 text-muted">{signInText.subtitle}</p>
            <SignInForm />
          </section>
        </div>
      </main>
    </div>
  );
}
