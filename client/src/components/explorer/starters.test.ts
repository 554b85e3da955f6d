import { readFileSync } from "node:fs";
import { buildSchema, parse, validate } from "graphql";
import { expect, test } from "vitest";
import { starters } from "@/components/explorer/starters";

const schema = buildSchema(readFileSync("../schema/schema.graphql", "utf8"));

test.each(starters)("a starter is an operation of the schema: $query", ({ query, variables }) => {
  expect(validate(schema, parse(query))).toEqual([]);
  expect(() => JSON.parse(variables ?? "{}")).not.toThrow();
});
