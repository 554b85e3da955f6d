/** Colours for the canvas, which knows no CSS: read from the tokens, again whenever they change. */
import { useSyncExternalStore } from "react";

export type PlotTheme = {
  text: string;
  grid: string;
  card: string;
  hatch: string;
  font: string;
  chart: string[];
};

function watch(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}

/** Changes when the colours do. */
export function useThemeName(): string {
  return useSyncExternalStore(watch, () => document.documentElement.dataset.theme ?? "light");
}

export function readTheme(): PlotTheme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: token("--color-subtle"),
    grid: token("--color-hairline"),
    card: token("--color-card"),
    hatch: token("--color-control"),
    font: `12px ${token("--font-sans") || "sans-serif"}`,
    chart: [1, 2, 3, 4, 5, 6].map((n) => token(`--chart-${n}`)),
  };
}
