/** Putting a page of the log where a live feed has a gap. */

import type { Activity, ActivityFilter, FeedItem, GapReason } from "@/types/api";

const PAGE = 50;

/** How the newest page of the log is asked for. */
export function firstPage(filter: ActivityFilter | null) {
  return { first: PAGE, filter };
}

export function gapOf(gap: { reason: GapReason; to: string }): FeedItem {
  return { kind: "gap", id: `gap-${gap.to}`, reason: gap.reason };
}

/**
 * The feed with the newest `page` of the log put in; both are newest first.
 *
 * What the page reaches back to closes the gap. Where it does not reach, the gap stays,
 * below the page; one nobody told is found by the page having nothing of the feed.
 */
export function closeGap(feed: readonly FeedItem[], page: readonly Activity[]): FeedItem[] {
  const ids = new Set(page.map((one) => one.id));
  const rows: FeedItem[] = page.map((activity) => ({ kind: "activity", activity }));
  const isOther = (item: FeedItem) => item.kind === "gap" || !ids.has(item.activity.id);
  const at = feed.findIndex((item) => item.kind === "gap");
  const above = feed.slice(0, Math.max(at, 0)).filter(isOther);
  const below = feed.slice(at + 1);
  const isReached = below.some((item) => !isOther(item));
  const told = at < 0 ? untold(feed, page) : feed.slice(at, at + 1);
  const gap = isReached ? [] : told;
  return [...above, ...rows, ...gap, ...below.filter(isOther)];
}

function untold(feed: readonly FeedItem[], page: readonly Activity[]): FeedItem[] {
  const last = page.at(-1);
  return last && feed.length > 0 ? [gapOf({ reason: "TRIMMED", to: last.cursor })] : [];
}
