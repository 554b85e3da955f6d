// @vitest-environment node
import { expect, test } from "vitest";
import { closeGap, gapOf } from "@/api/live/feed";
import type { Activity, FeedItem } from "@/types/api";

const gap = gapOf({ reason: "TRIMMED", to: "c9" });

function entry(n: number): Activity {
  return {
    ...{ id: `a_${n}`, action: "user.updated", actor: null, actorLabel: "Ana", summary: "" },
    ...{ targetType: null, targetId: null, targetLabel: null, severity: "INFO" },
    occurredAt: new Date(n * 1000).toISOString(),
    cursor: `c${n}`,
  };
}

const entries = (...numbers: number[]) => numbers.map(entry);
const rows = (...numbers: number[]): FeedItem[] =>
  entries(...numbers).map((activity) => ({ kind: "activity", activity }));
const names = (items: FeedItem[]) =>
  items.map((item) => (item.kind === "gap" ? "gap" : item.activity.id.slice(2))).join(" ");

test("the first page is the feed", () => {
  expect(names(closeGap([], entries(3, 2, 1)))).toBe("3 2 1");
});

test("a page that reaches what was known closes the gap", () => {
  const feed = [...rows(9), gap, ...rows(3, 2)];

  expect(names(closeGap(feed, entries(8, 7, 6, 5, 4, 3)))).toBe("9 8 7 6 5 4 3 2");
});

test("a page that does not reach it leaves the gap, below itself", () => {
  const feed = [...rows(9), gap, ...rows(3, 2)];

  expect(names(closeGap(feed, entries(9, 8, 7)))).toBe("9 8 7 gap 3 2");
});

test("only the newest of two gaps is closed by a page that ends above the other", () => {
  const feed = [gap, ...rows(5), gapOf({ reason: "EPOCH", to: "c4" }), ...rows(1)];

  expect(names(closeGap(feed, entries(7, 6, 5)))).toBe("7 6 5 gap 1");
});

test("a gap nobody told is found by a page that has nothing of the feed", () => {
  expect(names(closeGap(rows(3, 2), entries(9, 8)))).toBe("9 8 gap 3 2");
});
