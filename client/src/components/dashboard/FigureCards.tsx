import { ErrorState } from "@/components/common/ErrorState";
import { Skeleton } from "@/components/common/Skeleton";
import { useLiveStats } from "@/hooks/useLiveStats";
import { useSparklines } from "@/hooks/useSparklines";
import { dashboardText } from "@/messages/dashboard";
import { useConnection } from "@/store/connection";
import { cardsOf } from "./figures";
import type { Frame } from "./frame";
import { statRange } from "./range";
import { rangeLabel } from "./rangeLabel";
import { useRefreshable } from "./refresh";
import { StatCard } from "./StatCard";
import { useHeld } from "./useHeld";
import { FIGURES, shownRange } from "./view";

const text = dashboardText.figures;
const GRID = "mb-4 grid grid-cols-2 gap-2 sm:gap-4 sm:grid-cols-3 xl:grid-cols-6";

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

/** The figures at the head of the page. */
export function FigureCards({ frame }: { frame: Frame }) {
  const { view, patch, query, paused, clock } = frame;
  const { range, last } = statRange(shownRange(view));
  const live = useLiveStats(range);
  const history = useSparklines(query.range, clock.zone, range, query.live);
  const key = JSON.stringify([range, query.range, history.isPlaceholderData, live.loading]);
  const shown = useHeld({ live, history: history.data }, paused, key);
  const { stats, updatedAt, error, loading } = shown.live;
  const connection = useConnection((state) => state.state);
  useRefreshable(text.title, live.refetch);
  useRefreshable(text.histories, async () => !(await history.refetch()).isError);
  if (loading) return <Loading />;
  const cards = cardsOf(stats ?? undefined, shown.history, {
    stats: lowerFirst(dashboardText.range.last(last)),
    shown: lowerFirst(rangeLabel(shownRange(view), clock.zone, clock.hour12)),
  });
  const stale = connection === "stale" || connection === "reconnecting" || connection === "offline";
  return (
    <section aria-label={text.title}>
      {Boolean(error) && <ErrorState error={error} onRetry={() => void live.refetch()} />}
      <div className={GRID}>
        {cards.map((card) => (
          <StatCard
            key={card.id}
            card={card}
            selected={view.figure === card.id}
            updatedAt={updatedAt || undefined}
            stale={stale || Boolean(error)}
            onSelect={() => patch({ figure: card.id })}
          />
        ))}
      </div>
    </section>
  );
}

function Loading() {
  return (
    <div aria-busy className={GRID}>
      {FIGURES.map((figure) => (
        <div key={figure} className="rounded-card border border-hairline bg-card p-(--pad)">
          <Skeleton className="h-[136px]" />
        </div>
      ))}
    </div>
  );
}
