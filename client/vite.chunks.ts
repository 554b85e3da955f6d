// Which modules travel together. Left alone, each set that some pages share becomes a file of its
// own: thirty of them before the first chart, which on a slow network are as many waits.

import { fileURLToPath } from "node:url";

interface Modules {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

const ENTRY = fileURLToPath(new URL("./src/main.tsx", import.meta.url));
export const EARLY = fileURLToPath(new URL("./src/early.ts", import.meta.url));
// What a release of ours does not change: browsers keep it.
const FRAMEWORK =
  /node_modules\/(react|react-dom|scheduler|react-router|react-router-dom|@remix-run|@tanstack\/react-query|@tanstack\/query-core|zustand|use-sync-external-store|graphql-ws)\//;
const ICONS = /node_modules\/lucide-react\//;
const PARTS = /\/client\/src\/(components\/(common|dashboard)|hooks|api|store|types)\//;
// Of these, next to nothing is used where they are imported: reached is not needed.
const BARRELS = /node_modules\/(graphql|lucide-react)\//;

let shell: ReadonlySet<string> | undefined;
let early: ReadonlySet<string> | undefined;

/** What asks for the first data, and nothing it does not need: it runs while the rest is fetched. */
function inEarly(id: string, modules: Modules): string | null {
  early ??= reachedFrom(EARLY, modules);
  return early.has(id) ? "early" : null;
}

/** All that the page needs before it knows which page it is. */
function inShell(id: string, modules: Modules): string | null {
  shell ??= reachedFrom(ENTRY, modules);
  return id !== ENTRY && shell.has(id) && !BARRELS.test(id) ? "shell" : null;
}

function reachedFrom(entry: string, modules: Modules): Set<string> {
  const found = new Set([entry]);
  // A set is walked along with what is added to it meanwhile.
  for (const id of found)
    for (const next of modules.getModuleInfo(id)?.importedIds ?? []) found.add(next);
  return found;
}

export const chunkGroups = [
  { name: inEarly, priority: 4 },
  { name: "framework", test: FRAMEWORK, priority: 3 },
  { name: inShell, priority: 2 },
  { name: "icons", test: ICONS, priority: 1 },
  { name: "parts", test: PARTS, minShareCount: 2, priority: 1 },
];
