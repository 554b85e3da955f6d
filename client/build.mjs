// Checks, bundles, compresses and weighs: `npm run build`. With --bundle, as whoever
// only runs it wants it, nothing is checked and no budget is enforced.

import { execFile } from "node:child_process";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build } from "vite";
import { weigh } from "./budgets.mjs";

const run = promisify(execFile);
const zip = promisify(gzip);
const squeeze = promisify(brotliCompress);
const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
// Made beside it and put in its place whole: a server may be starting meanwhile.
const made = join(here, "dist.new");

const COMPRESSIBLE = new Set([".html", ".js", ".css", ".svg", ".json", ".ttf"]);
// Below it, a header costs about what compressing saves.
const SMALL_BYTES = 1_024;

async function check() {
  await run(process.execPath, ["codegen.mjs", "--check"], { cwd: here });
  await run(process.execPath, ["node_modules/typescript/bin/tsc", "--noEmit"], { cwd: here });
}

async function files(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((one) => join(one.parentPath, one.name));
}

/** Writes `file.br` and `file.gz` beside each file that gets smaller by it. */
async function compress(file) {
  const content = await readFile(file);
  if (!COMPRESSIBLE.has(extname(file)) || content.length < SMALL_BYTES) return;
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  const [br, gz] = await Promise.all([squeeze(content, { params }), zip(content, { level: 9 })]);
  await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)]);
}

async function main() {
  const strict = !process.argv.includes("--bundle");
  if (strict) await check();
  await build({ root: here, logLevel: "warn", build: { outDir: made, emptyOutDir: true } });
  const manifest = join(made, ".vite/manifest.json");
  const graph = JSON.parse(await readFile(manifest, "utf8"));
  await rm(dirname(manifest), { recursive: true });
  await Promise.all((await files(made)).map(compress));
  const { lines, exceeded } = await weigh(made, graph);
  await rm(dist, { recursive: true, force: true });
  await rename(made, dist);
  console.log(lines.join("\n"));
  if (strict && exceeded) throw new Error("A budget is exceeded: see the lines marked OVER.");
}

try {
  await main();
} catch (error) {
  console.error(`${error.stdout ?? ""}${error.stderr ?? ""}` || error);
  process.exitCode = 1;
}
