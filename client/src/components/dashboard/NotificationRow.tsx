import { Check, ExternalLink } from "lucide-react";
import { Link } from "react-router-dom";
import { Badge, type Tone } from "@/components/common/Badge";
import { cn } from "@/components/common/cn";
import { IconButton } from "@/components/common/IconButton";
import { TimeText } from "@/components/common/TimeText";
import { dashboardText } from "@/messages/dashboard";
import type { Notification, Severity } from "@/types/api";

const text = dashboardText.notifications;
const TONES: Record<Severity, Tone> = {
  INFO: "neutral",
  NOTICE: "accent",
  WARNING: "warn",
  ERROR: "bad",
};

type Props = { item: Notification; onRead(): void; onFollow(): void };

export function NotificationRow({ item, onRead, onFollow }: Props) {
  const { title, body, level, link, createdAt, read } = item;
  return (
    <li
      className={cn(
        "flex items-start gap-3 border-t border-hairline px-5 py-3 first:border-t-0",
        !read && "bg-accent-soft/40",
      )}
    >
      <span
        aria-hidden
        className={cn("mt-1.5 size-2 shrink-0 rounded-full", read ? "bg-transparent" : "bg-accent")}
      />
      <div className="min-w-0 grow">
        <p className={cn("wrap-anywhere", !read && "font-medium")}>
          {!read && <span className="sr-only">{text.isUnread}: </span>}
          {title}
        </p>
        {body && <p className="text-table wrap-anywhere whitespace-pre-line text-muted">{body}</p>}
        <p className="mt-1 flex flex-wrap items-center gap-2 text-caption text-subtle">
          {level !== "INFO" && <Badge tone={TONES[level]}>{text.level[level]}</Badge>}
          <TimeText at={createdAt} mode="relative" />
          {link && <Follow link={link} title={title} onFollow={onFollow} />}
        </p>
      </div>
      {!read && (
        <IconButton size="sm" label={text.markRead(title)} icon={<Check />} onClick={onRead} />
      )}
    </li>
  );
}

/** The API lets through https addresses and paths of our own only. */
function Follow({ link, title, onFollow }: { link: string; title: string; onFollow(): void }) {
  const className = "inline-flex items-center gap-1 font-medium text-accent hover:underline";
  const label = `${text.follow}: ${title}`;
  if (link.startsWith("/") && !link.startsWith("//")) {
    return (
      <Link to={link} aria-label={label} className={className} onClick={onFollow}>
        {text.follow}
      </Link>
    );
  }
  if (!link.startsWith("https://")) return null;
  return (
    <a
      href={link}
      target="_blank"
      rel="noreferrer"
      aria-label={`${label}, ${text.external}`}
      className={className}
      onClick={onFollow}
    >
      {text.follow}
      <ExternalLink aria-hidden className="size-3" />
    </a>
  );
}
