import { SquareTerminal, TriangleAlert } from "lucide-react";
import { useSearchParams } from "react-router-dom";
import { Card } from "@/components/common/Card";
import { EmptyState } from "@/components/common/EmptyState";
import { ErrorState } from "@/components/common/ErrorState";
import { PageHeader } from "@/components/common/PageHeader";
import { Explorer } from "@/components/explorer/Explorer";
import { useClientConfig } from "@/hooks/useClientConfig";
import { useExplorerAccess } from "@/hooks/useExplorerAccess";
import { useShownTheme } from "@/hooks/useShownTheme";
import { explorerText } from "@/messages/explorer";
import { useAuth } from "@/store/auth";

export default function ExplorerPage() {
  const access = useExplorerAccess();
  const { data: config, error, refetch } = useClientConfig();
  const userId = useAuth((auth) => auth.user?.id);
  const theme = useShownTheme();
  const [search] = useSearchParams();
  if (access !== "open" || !config || !userId) {
    return (
      <>
        <PageHeader title={explorerText.title} />
        {access === "off" && <Closed title={explorerText.off} body={explorerText.offBody} />}
        {access === "adminsOnly" && (
          <Closed title={explorerText.adminsOnly} body={explorerText.adminsOnlyBody} />
        )}
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      </>
    );
  }
  return (
    <div className="flex h-[calc(100dvh-var(--topbar)-3rem)] min-h-120 flex-col">
      <div className="shrink-0">
        <PageHeader title={explorerText.title} description={<Notice {...config} />} />
      </div>
      <Explorer
        userId={userId}
        theme={theme}
        introspection={config.introspection}
        query={search.get("query")}
      />
    </div>
  );
}

function Notice({ introspection }: { introspection: boolean }) {
  return (
    <>
      <TriangleAlert aria-hidden className="me-1.5 inline size-4 align-text-bottom text-warn" />
      {explorerText.real} {explorerText.leave}
      {!introspection && <span className="block">{explorerText.noIntrospection}</span>}
    </>
  );
}

function Closed({ title, body }: { title: string; body: string }) {
  return (
    <Card>
      <EmptyState icon={<SquareTerminal />} title={title} body={body} />
    </Card>
  );
}
