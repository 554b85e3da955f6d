import { useUi } from "@/store/ui";

const darkWanted = () => window.matchMedia("(prefers-color-scheme: dark)");

/** What `theme` means right now. */
export function resolveTheme(theme: "system" | "light" | "dark"): "light" | "dark" {
  if (theme !== "system") return theme;
  return darkWanted().matches ? "dark" : "light";
}

function apply(): void {
  const { theme, density, reducedMotion } = useUi.getState();
  const shown = resolveTheme(theme);
  const root = document.documentElement;
  root.dataset.theme = shown;
  root.dataset.density = density;
  root.dataset.motion = reducedMotion ? "reduced" : "full";
  root.style.colorScheme = shown;
}

/** Keeps the page looking as chosen: in this tab, by the system, and in the browser's other tabs. */
export function watchTheme(): () => void {
  const system = darkWanted();
  const onStorage = (event: StorageEvent) => {
    if (event.key === "user-dashboard.ui") void useUi.persist.rehydrate();
  };
  const unsubscribe = useUi.subscribe(apply);
  system.addEventListener("change", apply);
  window.addEventListener("storage", onStorage);
  apply();
  return () => {
    unsubscribe();
    system.removeEventListener("change", apply);
    window.removeEventListener("storage", onStorage);
  };
}
