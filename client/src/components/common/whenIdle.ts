// What was fetched for the page itself has come by then, also where that takes long.
const AFTER_LOAD_MS = 4000;

/** Once the page is complete and nothing else is to be done; never where browsers cannot tell. */
export function whenIdle(act: () => void): void {
  if (!window.requestIdleCallback) return;
  const wait = () => setTimeout(() => requestIdleCallback(act), AFTER_LOAD_MS);
  if (document.readyState === "complete") wait();
  else window.addEventListener("load", wait, { once: true });
}
