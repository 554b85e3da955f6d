import { TriangleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Badge } from "@/components/common/Badge";
import { CardHeader } from "@/components/common/CardHeader";
import { cn } from "@/components/common/cn";
import { DataAge } from "@/components/common/DataAge";
import { ErrorState } from "@/components/common/ErrorState";
import { Skeleton } from "@/components/common/Skeleton";
import { Tooltip } from "@/components/common/Tooltip";
import { VisuallyHidden } from "@/components/common/VisuallyHidden";
import { commonText } from "@/messages/common";
import { useConnection } from "@/store/connection";

export interface PanelProps {
  title: ReactNode;
  actions?: ReactNode;
  badge?: ReactNode;
  /** The first answer is awaited. */
  loading: boolean;
  /** A newer answer is awaited; what is there stays. */
  refreshing?: boolean | undefined;
  error?: unknown;
  /** Shown instead of children when there is nothing; `false` when there is something. */
  empty?: ReactNode | false;
  /** When the data was fetched or heard (ms). Given, the panel tells its age and dims when stale. */
  updatedAt?: number | undefined;
  /** Names of the parts that failed while the others came. */
  partial?: string[] | undefined;
  onRetry?: (() => void) | undefined;
  /** Of the final size; three lines unless given. */
  skeleton?: ReactNode;
  className?: string | undefined;
  /** Old data stays in children when an error came later. */
  children?: ReactNode;
}

/** A card that is honest about its data in every state. */
export function Panel(props: PanelProps) {
  const { title, actions, badge, loading, refreshing, partial, updatedAt, className } = props;
  const titleId = useId();
  const badges = (
    <>
      {badge}
      {partial && partial.length > 0 && <PartialBadge parts={partial} />}
      {updatedAt ? <DataAge updatedAt={updatedAt} /> : null}
    </>
  );
  return (
    <section
      aria-labelledby={titleId}
      aria-busy={loading || refreshing || undefined}
      className={cn(
        "group/panel relative min-w-0 overflow-hidden rounded-card border border-hairline bg-card p-(--pad)",
        className,
      )}
    >
      {refreshing && !loading && <RefreshBar />}
      <CardHeader id={titleId} title={title} badge={badges} actions={actions} />
      <PanelBody {...props} />
    </section>
  );
}

function PanelBody(props: PanelProps) {
  const { loading, error, empty, updatedAt, onRetry, skeleton, children } = props;
  const connection = useConnection((state) => state.state);
  if (loading) {
    return (
      <>
        <VisuallyHidden>{commonText.loading}</VisuallyHidden>
        {skeleton ?? <Skeleton lines={3} />}
      </>
    );
  }
  const failed = error !== undefined && error !== null && error !== false;
  const isEmpty = empty !== undefined && empty !== false && empty !== null;
  const old = connection !== "live" && connection !== "connecting" && updatedAt !== undefined;
  return (
    <>
      {failed && <ErrorState error={error} onRetry={onRetry} />}
      {isEmpty && !failed && empty}
      {!isEmpty && (
        <div
          className={cn("transition-opacity duration-120", failed && "opacity-60", old && "stale")}
        >
          {children}
        </div>
      )}
    </>
  );
}

function PartialBadge({ parts }: { parts: string[] }) {
  const words = commonText.partial(parts.join(", "));
  return (
    <Tooltip label={words}>
      <button type="button" className="rounded-full">
        <Badge tone="warn" icon={<TriangleAlert aria-hidden />}>
          {commonText.partialBadge}
        </Badge>
        <VisuallyHidden>{words}</VisuallyHidden>
      </button>
    </Tooltip>
  );
}

function RefreshBar() {
  return (
    <div className="absolute inset-x-0 top-0 h-0.5 animate-appear overflow-hidden">
      <div className="h-full w-1/4 animate-bar bg-accent" />
      <VisuallyHidden>{commonText.refreshing}</VisuallyHidden>
    </div>
  );
}
