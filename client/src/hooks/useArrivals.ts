import { useEffect, useRef, useState } from "react";

const SHOWN_MS = 10_000;

/**
 * The ids that came into a list after it was first there, for ten seconds each.
 * `onArrival` is told of each once. `items` is undefined until there is a list.
 */
export function useArrivals<T extends { id: string }>(
  items: readonly T[] | undefined,
  onArrival: (item: T) => void,
): ReadonlySet<string> {
  const known = useRef<Set<string>>();
  const tell = useRef(onArrival);
  tell.current = onArrival;
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (!items) return;
    const before = known.current;
    known.current = new Set([...(before ?? []), ...items.map(({ id }) => id)]);
    const arrived = before ? items.filter(({ id }) => !before.has(id)) : [];
    if (arrived.length === 0) return;
    for (const item of arrived) tell.current(item);
    setFresh((shown) => new Set([...shown, ...arrived.map(({ id }) => id)]));
  }, [items]);
  useEffect(() => {
    if (fresh.size === 0) return;
    const timer = setTimeout(() => setFresh(new Set()), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [fresh]);
  return fresh;
}
