/** Asks all panels for their data anew, and says which of them could not get it. */
import { useEffect, useRef } from "react";

type Panel = { title: string; refetch(): Promise<boolean> };

const panels = new Set<{ current: Panel }>();

/** A panel that `refreshAll` asks, as long as it is on the page. */
export function useRefreshable(title: string, refetch: () => Promise<boolean>): void {
  const panel = useRef<Panel>({ title, refetch });
  panel.current = { title, refetch };
  useEffect(() => {
    panels.add(panel);
    return () => {
      panels.delete(panel);
    };
  }, []);
}

export async function refreshAll(): Promise<{ done: string[]; failed: string[] }> {
  const asked = [...panels].map(async ({ current: { title, refetch } }) => {
    const worked = await refetch().catch(() => false);
    return { title, worked };
  });
  const told = await Promise.all(asked);
  const titles = (worked: boolean) =>
    told.filter((one) => one.worked === worked).map((one) => one.title);
  return { done: titles(true), failed: titles(false) };
}
