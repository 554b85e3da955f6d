/** What axe finds wrong with a page. */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type * as Axe from "axe-core";
import type { Page } from "playwright-core";

const AXE = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** GraphiQL's own affair: buttons within its tabs, and what is beneath its editors. */
export const NOT_OURS = [".graphiql-container"];

/** As "rule: element"; by these rules, or by all of WCAG 2.2 AA and good practice. */
export async function violations(page: Page, ...rules: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(await AXE);
  const runOnly = rules.length > 0 ? rules : TAGS;
  return page.evaluate(
    async ([exclude, only]) => {
      const { axe } = globalThis as unknown as { axe: typeof Axe };
      const result = await axe.run({ exclude }, { runOnly: only, resultTypes: ["violations"] });
      return result.violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target }) => `${id}: ${target}`),
      );
    },
    [NOT_OURS, runOnly] as const,
  );
}

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
