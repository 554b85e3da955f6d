// Runs before the first paint, as a file of its own because the content security policy allows no
// inline script. Without it a dark page flashes white. Keep the key and fields as in src/store/ui.ts.
(() => {
  let chosen = {};
  try {
    chosen = JSON.parse(localStorage.getItem("user-dashboard.ui") ?? "{}").state ?? {};
  } catch {
    // No storage, or nonsense in it: the system's own wishes hold.
  }
  const dark =
    chosen.theme === "dark" ||
    (chosen.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  const root = document.documentElement;
  root.dataset.theme = dark ? "dark" : "light";
  root.dataset.density = chosen.density === "compact" ? "compact" : "comfortable";
  root.dataset.motion = chosen.reducedMotion === true ? "reduced" : "full";
  root.style.colorScheme = dark ? "dark" : "light";
})();
