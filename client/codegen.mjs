// Writes src/api/gql/graphql.ts: typed documents and the types of their answers,
// from the server's printed schema and the operations the client sends.
// The command-line tool of GraphQL Code Generator brings some 190 packages that
// this does not need. With --check it writes nothing, and fails where it would.

import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { preset } from "@graphql-codegen/client-preset";
import { codegen } from "@graphql-codegen/core";
import { buildSchema, parse, printSchema } from "graphql";

const here = dirname(fileURLToPath(import.meta.url));
const operations = join(here, "src/api/operations");
const target = join(here, "src/api/gql/");
const scalars = { DateTime: "string", JSON: "Record<string, string>" };

const sdl = await readFile(join(here, "../schema/schema.graphql"), "utf8");
const schema = buildSchema(sdl);
const documents = [];
for (const file of (await readdir(operations)).sort()) {
  if (!file.endsWith(".graphql")) continue;
  const location = join(operations, file);
  const rawSDL = await readFile(location, "utf8");
  documents.push({ location, rawSDL, document: parse(rawSDL) });
}

const outputs = await preset.buildGeneratesSection({
  baseOutputDir: target,
  config: {
    scalars,
    documentMode: "string",
    enumsAsTypes: true,
    useTypeImports: true,
    skipTypename: false,
  },
  presetConfig: { fragmentMasking: false },
  schema: parse(printSchema(schema)),
  schemaAst: schema,
  documents,
  plugins: [],
  pluginMap: {},
});

// The map from source text to document is not tree-shakable: nobody imports it.
const output = outputs.find(({ filename }) => filename.endsWith("graphql.ts"));
const generated = await codegen(output);
if (!process.argv.includes("--check")) {
  await mkdir(target, { recursive: true });
  await writeFile(output.filename, generated);
} else if ((await readFile(output.filename, "utf8")) !== generated) {
  console.error(
    "src/api/gql/graphql.ts is not what the schema and the operations say: npm run codegen",
  );
  process.exitCode = 1;
}
