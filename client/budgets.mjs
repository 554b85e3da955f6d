// What visitors download, held to a budget: kB of 1,000 bytes, as they travel.

import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";

const ENTRY = "index.html";
const DASHBOARD = "src/pages/DashboardPage.tsx";
// It comes after the page, but always.
const PLOT = "src/components/dashboard/Plot.tsx";
const EXPLORER = "src/pages/ExplorerPage.tsx";
const BUDGETS_KB = { shell: 150, dashboard: 190, css: 15, font: 50, route: 40, explorer: 1_400 };

/** The lines to print, and whether one of them is over its budget; `graph` is the
 * manifest of Vite. */
export async function weigh(dist, graph) {
  const shell = loadedWith(graph, [ENTRY]);
  const dashboard = loadedWith(
    graph,
    [ENTRY, DASHBOARD, PLOT].filter((name) => graph[name]),
  );
  const kB = (names, kind) => sizeKb(dist, names, kind);
  const lines = [
    line("shell, scripts (gz)", await kB(scripts(shell), "gz"), BUDGETS_KB.shell),
    line("dashboard, scripts (gz)", await kB(scripts(dashboard), "gz"), BUDGETS_KB.dashboard),
    line("dashboard, styles (gz)", await kB(styles(dashboard), "gz"), BUDGETS_KB.css),
    line("font", await kB(await font(dist), ""), BUDGETS_KB.font),
  ];
  for (const page of pages(graph)) {
    const own = without(loadedWith(graph, [page]), shell);
    const weight = await kB([...scripts(own), ...styles(own)], "gz");
    lines.push(line(`${basename(page, ".tsx")} (gz)`, weight, BUDGETS_KB.route));
  }
  if (graph[EXPLORER]) {
    const weight = await kB(await explorer(dist, graph, shell), "br");
    lines.push(line("ExplorerPage with workers (br)", weight, BUDGETS_KB.explorer));
  }
  return { lines, exceeded: lines.some((one) => one.includes("OVER")) };
}

function line(name, kB, budget) {
  const verdict = kB > budget ? "OVER" : "ok";
  return `  ${name.padEnd(34)}${kB.toFixed(1).padStart(8)} of ${String(budget).padStart(5)} kB  ${verdict}`;
}

/** Chunks that come with these, by the name of each in the manifest. */
function loadedWith(graph, names, { lazy = false } = {}) {
  const found = new Map();
  const visit = (name) => {
    const chunk = graph[name];
    if (!chunk || found.has(name)) return;
    found.set(name, chunk);
    for (const next of [...(chunk.imports ?? []), ...(lazy ? (chunk.dynamicImports ?? []) : [])])
      visit(next);
  };
  names.forEach(visit);
  return found;
}

const without = (chunks, known) => new Map([...chunks].filter(([name]) => !known.has(name)));
const scripts = (chunks) => [...chunks.values()].map((chunk) => chunk.file);
const styles = (chunks) => [...new Set([...chunks.values()].flatMap((chunk) => chunk.css ?? []))];

function pages(graph) {
  const lazy = (name) => graph[name].isDynamicEntry && name.startsWith("src/");
  return Object.keys(graph).filter(
    (name) => lazy(name) && ![DASHBOARD, PLOT, EXPLORER].includes(name),
  );
}

/** Everything opening the explorer fetches; the formatter of "Prettify" is not. */
async function explorer(dist, graph, shell) {
  const reached = loadedWith(graph, [EXPLORER], { lazy: true });
  const own = new Map(
    [...without(reached, shell)].filter(([name]) => !name.includes("/prettier/")),
  );
  const workers = (await readdir(join(dist, "assets"))).filter((n) => /\.worker-.*\.js$/.test(n));
  return [...scripts(own), ...styles(own), ...workers.map((name) => `assets/${name}`)];
}

async function font(dist) {
  const assets = await readdir(join(dist, "assets"));
  const latin = assets.filter((name) => /inter-latin-wght-normal.*\.woff2$/.test(name));
  return latin.map((name) => `assets/${name}`);
}

async function sizeKb(dist, names, kind) {
  const sizes = await Promise.all(names.map((name) => sizeOf(join(dist, name), kind)));
  return sizes.reduce((total, size) => total + size, 0) / 1_000;
}

async function sizeOf(file, kind) {
  const packed = kind && (await stat(`${file}.${kind}`).catch(() => null));
  return (packed || (await stat(file))).size;
}
