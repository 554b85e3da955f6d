import { ArrowUp } from "lucide-react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { Link } from "react-router-dom";
import { Button } from "@/components/common/Button";
import { EmptyState } from "@/components/common/EmptyState";
import { Panel } from "@/components/common/Panel";
import { Select } from "@/components/common/Select";
import { Skeleton } from "@/components/common/Skeleton";
import { useActivityFeed } from "@/hooks/useActivityFeed";
import { commonText } from "@/messages/common";
import { dashboardText } from "@/messages/dashboard";
import { useIsAdmin } from "@/store/auth";
import { useUi } from "@/store/ui";
import type { FeedItem } from "@/types/api";
import { FeedRow } from "./FeedRow";
import { FREE, freshIds, isHeld, isScrolled } from "./feedHold";
import type { Frame } from "./frame";

const text = dashboardText.feed;
const ROWS = 100;

function idOf(item: FeedItem): string {
  return item.kind === "gap" ? item.id : item.activity.id;
}

/** Focuses the item after, or before, the one that has the focus. */
function step(list: HTMLElement, by: number): void {
  const items = [...list.querySelectorAll<HTMLElement>("[data-item]")];
  const here = items.indexOf(document.activeElement?.closest("[data-item]") as HTMLElement);
  items[Math.min(Math.max(here + by, 0), items.length - 1)]?.focus();
}

/** What happens, newest first. It stands still while somebody reads it. */
export function ActivityFeed({ frame: { view, patch, paused } }: { frame: Frame }) {
  const [hold, setHold] = useState(FREE);
  const filter = useMemo(() => (view.kind ? { actions: [`${view.kind}.*`] } : {}), [view.kind]);
  const held = isHeld(hold, paused);
  const feed = useActivityFeed({ first: ROWS, filter, paused: held });
  const list = useRef<HTMLDivElement>(null);
  const isAdmin = useIsAdmin();
  const shortcuts = useUi((state) => state.shortcuts);
  const fresh = useFresh(feed.items);
  const change = (patched: Partial<typeof FREE>) =>
    setHold((before) => ({ ...before, ...patched }));
  const showWaiting = () => {
    feed.release();
    list.current?.scrollTo({ top: 0 });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by = { n: 1, p: -1 }[event.key];
    if (!by || !shortcuts || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    step(event.currentTarget, by);
  };
  return (
    <Panel
      title={text.title}
      loading={feed.status === "loading"}
      error={feed.error}
      skeleton={<Skeleton lines={19} />}
      className="flex flex-col"
      actions={<Kinds kind={view.kind} onKind={(kind) => patch({ kind })} />}
      empty={
        feed.status === "ready" &&
        feed.items.length === 0 && (
          <EmptyState
            title={view.kind ? text.emptyKind : text.empty}
            action={
              view.kind && (
                <Button onClick={() => patch({ kind: undefined })}>
                  {commonText.clearFilters}
                </Button>
              )
            }
          />
        )
      }
    >
      <div className="-mx-(--pad)">
        <div
          ref={list}
          role="log"
          aria-live="off"
          aria-label={text.log}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it
          tabIndex={0}
          className="max-h-[26rem] overflow-y-auto overscroll-contain"
          onScroll={({ currentTarget }) =>
            change({ scrolled: isScrolled(currentTarget.scrollTop) })
          }
          onPointerEnter={({ pointerType }) => change({ hovered: pointerType === "mouse" })}
          onPointerLeave={() => change({ hovered: false })}
          onFocus={() => change({ focused: true })}
          onBlur={() => change({ focused: false })}
          onKeyDown={onKeyDown}
        >
          <ul>
            {feed.items.map((item) => (
              <li
                key={idOf(item)}
                data-item
                tabIndex={-1}
                className="border-t border-hairline first:border-t-0 focus-visible:-outline-offset-2"
              >
                <FeedRow item={item} fresh={fresh.has(idOf(item))} />
              </li>
            ))}
          </ul>
        </div>
      </div>
      <footer className="-mx-(--pad) -mb-2 flex min-h-10 items-center justify-between gap-2 border-t border-hairline px-(--pad) pt-2 text-table">
        {isAdmin && (
          <Link to="/audit" className="text-accent hover:underline">
            {text.all}
          </Link>
        )}
        {feed.waiting > 0 && <Waiting count={feed.waiting} onShow={showWaiting} />}
      </footer>
    </Panel>
  );
}

function useFresh(items: readonly FeedItem[]): Set<string> {
  const before = useRef<string[]>([]);
  const ids = items.map(idOf);
  const fresh = new Set(freshIds(before.current, ids));
  useEffect(() => {
    before.current = ids;
  });
  return fresh;
}

function Kinds({
  kind,
  onKind,
}: {
  kind: string | undefined;
  onKind(kind: string | undefined): void;
}) {
  const options = Object.entries(text.kinds).map(([value, label]) => ({ value, label }));
  return (
    <Select
      aria-label={text.kind}
      className="w-36 [&_select]:h-(--control-sm) [&_select]:text-table"
      value={kind ?? ""}
      onChange={({ target }) => onKind(target.value || undefined)}
      options={options}
    />
  );
}

function Waiting({ count, onShow }: { count: number; onShow(): void }) {
  return (
    <Button
      size="sm"
      variant="primary"
      aria-label={text.showWaiting(count)}
      className="ms-auto rounded-full"
      onClick={onShow}
    >
      <ArrowUp aria-hidden />
      {text.waiting(count)}
    </Button>
  );
}
