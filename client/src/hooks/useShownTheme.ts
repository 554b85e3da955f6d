import { useSyncExternalStore } from "react";

/** What the page looks like now, whether it was chosen or is the system's. */
export function useShownTheme(): "light" | "dark" {
  return useSyncExternalStore(watch, () =>
    document.documentElement.dataset.theme === "dark" ? "dark" : "light",
  );
}

function watch(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
