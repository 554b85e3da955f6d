import { createHash } from "node:crypto";
import type { HtmlTagDescriptor, Plugin } from "vite";
import { EARLY } from "./vite.chunks.ts";

const FONT_FACE = /@font-face\s*\{[^}]*\}/g;

/** GraphiQL's stylesheet brings Roboto and Fira Code as base64, 260 kB packed; only
 * Monaco's icon font is kept, and the page uses the fonts of the rest. */
export function graphiqlWithoutFonts(): Plugin {
  return {
    name: "graphiql-without-fonts",
    enforce: "pre",
    transform: {
      filter: { id: /graphiql\/dist\/style\.css/ },
      handler: (css) => css.replace(FONT_FACE, (face) => (face.includes("codicon") ? face : "")),
    },
  };
}

/** Runs what asks for the first data as soon as it is there, not when all of the code is. */
export function runEarly(): Plugin {
  return {
    name: "run-early",
    transformIndexHtml: {
      order: "post",
      handler: (_, { bundle }) =>
        Object.values(bundle ?? {})
          .filter((one) => one.type === "chunk" && one.moduleIds.includes(EARLY))
          .map(
            ({ fileName }): HtmlTagDescriptor => ({
              tag: "script",
              attrs: { type: "module", crossorigin: true, src: `/${fileName}` },
              injectTo: "head-prepend",
            }),
          ),
    },
  };
}

/** The code of the page most visits begin with, fetched beside that of the shell, not after it. */
export function preloadedDashboard(): Plugin {
  return {
    name: "preloaded-dashboard",
    transformIndexHtml: {
      order: "post",
      handler: (_, { bundle }) => {
        const chunks = Object.values(bundle ?? {}).filter((one) => one.type === "chunk");
        const entry = chunks.find((chunk) => chunk.isEntry);
        const page = chunks.find((chunk) => chunk.name === "DashboardPage");
        const there = new Set([entry?.fileName, ...(entry?.imports ?? [])]);
        return [page?.fileName, ...(page?.imports ?? [])]
          .filter((name) => name !== undefined && !there.has(name))
          .map(
            (name): HtmlTagDescriptor => ({
              tag: "link",
              attrs: {
                rel: "modulepreload",
                href: `/${name}`,
                crossorigin: true,
                fetchpriority: "low",
              },
              injectTo: "head",
            }),
          );
      },
    },
  };
}

/** Names the build in the page, by what its files hold: an open tab compares it with
 * the one the server has now. */
export function named(): Plugin {
  return {
    name: "named-build",
    transformIndexHtml: {
      order: "post",
      handler: (_, { bundle }): HtmlTagDescriptor[] => {
        if (!bundle) return [];
        const files = Object.keys(bundle).sort().join("\n");
        const content = createHash("sha256").update(files).digest("hex").slice(0, 12);
        return [{ tag: "meta", attrs: { name: "build", content }, injectTo: "head" }];
      },
    },
  };
}
