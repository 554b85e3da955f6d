import { expect, test } from "vitest";
import { passwordStrength } from "@/components/settings/passwordStrength";

test.each([
  ["aaaaaaaaaaaaaaaa", "weak"],
  ["abcdefghijkl", "weak"],
  ["passwordpass", "weak"],
  ["blue-Kettle-42", "fair"],
  ["correct horse battery staple", "strong"],
  ["Zx9!mQ2#vL7@pR4$", "strong"],
])("%s is %s", (password, word) => {
  expect(passwordStrength(password)).toBe(word);
});
