import { ApiError } from "@/api/errors";
import type { AuditPageQuery } from "@/api/gql/graphql";
import { AuditTable } from "@/components/audit/AuditTable";
import { type AuditView, FIRST_PAGE, hasFilter } from "@/components/audit/auditView";
import { Button } from "@/components/common/Button";
import { EmptyState } from "@/components/common/EmptyState";
import { Pager } from "@/components/common/Pager";
import { Panel } from "@/components/common/Panel";
import { Skeleton } from "@/components/common/Skeleton";
import { auditText } from "@/messages/audit";
import { commonText } from "@/messages/common";

interface AuditListProps {
  view: AuditView;
  page: AuditPageQuery["activity"] | undefined;
  loading: boolean;
  /** What is shown is of another filter or page. */
  busy: boolean;
  refreshing: boolean;
  error: unknown;
  updatedAt: number;
  onRetry: () => void;
  onTurn: (to: Partial<AuditView>) => void;
  onOnly: (filter: Partial<AuditView>) => void;
  onClear: () => void;
  byActor: boolean;
}

export function AuditList(props: AuditListProps) {
  const { view, page, loading, busy, refreshing, error, updatedAt, onRetry } = props;
  const { onTurn, onOnly, onClear, byActor } = props;
  const tooFar = foundNothingNear(error);
  const empty = tooFar || page?.nodes.length === 0;
  const turn = (to: Partial<AuditView>) => {
    onTurn({ ...FIRST_PAGE, ...to });
    window.scrollTo({ top: 0 });
  };
  return (
    <Panel
      title={auditText.list}
      loading={loading}
      refreshing={refreshing}
      error={tooFar ? undefined : (error ?? undefined)}
      updatedAt={updatedAt || undefined}
      skeleton={<Skeleton lines={12} />}
      empty={empty && <Nothing filtered={hasFilter(view)} tooFar={tooFar} onClear={onClear} />}
      onRetry={onRetry}
    >
      {page && (
        <>
          <AuditTable entries={page.nodes} busy={busy} byActor={byActor} onOnly={onOnly} />
          <div className="pt-3">
            <Pager
              label={auditText.pages}
              previousLabel={auditText.newer}
              nextLabel={auditText.older}
              hasPrevious={page.pageInfo.hasPreviousPage && !busy}
              hasNext={page.pageInfo.hasNextPage && !busy}
              onPrevious={() => turn({ before: page.pageInfo.startCursor ?? null })}
              onNext={() => turn({ after: page.pageInfo.endCursor ?? null })}
            >
              {(view.after ?? view.before) !== null && (
                <Button size="sm" variant="ghost" onClick={() => turn({})}>
                  {auditText.newest}
                </Button>
              )}
            </Pager>
          </div>
        </>
      )}
    </Panel>
  );
}

/** The server gives up a search that finds nothing in many entries, and says what helps. */
function foundNothingNear(error: unknown): boolean {
  return error instanceof ApiError && error.problems.some(({ field }) => field === "filter");
}

interface NothingProps {
  filtered: boolean;
  tooFar: boolean;
  onClear: () => void;
}

function Nothing({ filtered, tooFar, onClear }: NothingProps) {
  if (!filtered) return <EmptyState title={auditText.emptyTitle} body={auditText.emptyBody} />;
  return (
    <EmptyState
      title={tooFar ? auditText.farTitle : auditText.noMatchTitle}
      body={tooFar ? auditText.farBody : auditText.noMatchBody}
      action={<Button onClick={onClear}>{commonText.clearFilters}</Button>}
    />
  );
}
