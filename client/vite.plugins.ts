import { createHash } from "node:crypto";
import type { HtmlTagDescriptor, Plugin } from "vite";

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

/** The face every page is set in, asked for before the stylesheet is read. */
export function preloadedFont(): Plugin {
  return {
    name: "preloaded-font",
    transformIndexHtml: {
      order: "post",
      handler: (_, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((name) => /inter-latin-wght-normal.*\.woff2$/.test(name))
          .map(
            (name): HtmlTagDescriptor => ({
              tag: "link",
              attrs: { rel: "preload", as: "font", href: `/${name}`, crossorigin: true },
              injectTo: "head",
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
