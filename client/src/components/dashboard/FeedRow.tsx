import { TriangleAlert } from "lucide-react";
import { createElement } from "react";
import { Link } from "react-router-dom";
import { cn } from "@/components/common/cn";
import { TimeText } from "@/components/common/TimeText";
import { dashboardText } from "@/messages/dashboard";
import type { Activity, FeedItem, Severity } from "@/types/api";
import { iconOf } from "./activityIcons";

const text = dashboardText.feed;
const TONES: Record<Severity, string> = {
  INFO: "bg-sunken text-muted",
  NOTICE: "bg-accent-soft text-accent",
  WARNING: "bg-warn-soft text-warn",
  ERROR: "bg-bad-soft text-bad",
};

/** One thing that happened, or the place where some are missing. */
export function FeedRow({ item, fresh }: { item: FeedItem; fresh: boolean }) {
  if (item.kind === "gap") {
    return (
      <p className="flex items-start gap-2 bg-[repeating-linear-gradient(-45deg,var(--color-hairline)_0_1px,transparent_1px_6px)] px-(--pad) py-2 text-caption text-muted">
        <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0 text-warn" />
        <span className="bg-card">{text.gap[item.reason]}</span>
      </p>
    );
  }
  const { activity } = item;
  const icon = createElement(iconOf(activity.action), { className: "size-3.5" });
  return (
    <div className={cn("flex items-start gap-2.5 px-(--pad) py-2", fresh && "animate-fade")}>
      <span
        aria-hidden
        data-fill
        className={cn(
          "mt-px grid size-6 shrink-0 place-items-center rounded-full",
          TONES[activity.severity],
        )}
      >
        {icon}
      </span>
      <div className="min-w-0 grow">
        <p className="text-table wrap-anywhere">
          <Sentence activity={activity} />
        </p>
        <p className="flex gap-1.5 text-caption text-subtle">
          {text.severity[activity.severity] && (
            <span className={cn("font-medium", TONES[activity.severity], "bg-transparent")}>
              {text.severity[activity.severity]}
            </span>
          )}
          <span className="truncate">{activity.action}</span>
          <TimeText at={activity.occurredAt} mode="relative" className="ms-auto shrink-0" />
        </p>
      </div>
    </div>
  );
}

/** The summary, with whoever it begins with as a link to them. */
function Sentence({ activity }: { activity: Activity }) {
  const { actor, actorLabel, summary } = activity;
  if (!summary.startsWith(actorLabel)) return <>{summary}</>;
  const rest = summary.slice(actorLabel.length);
  if (!actor) {
    return (
      <>
        <span className="font-medium">{actorLabel}</span>
        {rest}
      </>
    );
  }
  return (
    <>
      <Link to={`/users/${actor.id}`} className="font-medium hover:underline">
        {actorLabel}
      </Link>
      {rest}
    </>
  );
}
