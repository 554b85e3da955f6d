import { describe, expect, it } from "vitest";
import {
  BLANK,
  changedFields,
  createInput,
  createSchema,
  editSchema,
  randomPassword,
  updateInput,
} from "./accountForm";

const ANA = { ...BLANK, name: "Ana Lima", email: "ana@example.com" };

function fieldsRefused(result: {
  success: boolean;
  error?: { issues: { path: PropertyKey[] }[] };
}) {
  return result.error?.issues.map((issue) => issue.path.join(".")) ?? [];
}

describe("the form of an account", () => {
  it("refuses what the server would refuse, each at its field", () => {
    const wrong = { ...ANA, name: "  ", email: "ana", password: "short", avatarUrl: "ftp://x" };
    expect(fieldsRefused(createSchema.safeParse(wrong)).sort()).toEqual([
      "avatarUrl",
      "email",
      "name",
      "password",
    ]);
  });

  it("takes spaces around a name and an address for a slip", () => {
    const parsed = createSchema.parse({
      ...ANA,
      name: " Ana ",
      email: " ana@example.com ",
      password: "a long password",
    });
    expect(createInput(parsed)).toEqual({
      name: "Ana",
      email: "ana@example.com",
      password: "a long password",
      role: "MEMBER",
    });
  });

  it("wants the current password for one's own new address only", () => {
    const moved = { ...ANA, email: "ana@new.example" };
    expect(fieldsRefused(editSchema(ANA.email).safeParse(moved))).toEqual(["currentPassword"]);
    expect(editSchema(ANA.email).safeParse(ANA).success).toBe(true);
    expect(editSchema(null).safeParse(moved).success).toBe(true);
  });
});

describe("a change", () => {
  it("sends only the fields that differ", () => {
    expect(updateInput(ANA, { ...ANA, name: "Ana L.", role: "ADMIN" })).toEqual({
      name: "Ana L.",
      role: "ADMIN",
    });
    expect(changedFields(ANA, { ...ANA, name: " Ana Lima " })).toEqual([]);
  });

  it("takes the picture away when its address is emptied", () => {
    const base = { ...ANA, avatarUrl: "https://example.com/a.png" };
    expect(updateInput(base, ANA)).toEqual({ avatarUrl: null });
  });

  it("sends the password beside a new address, and never else", () => {
    const typed = { ...ANA, currentPassword: "my password" };
    expect(updateInput(ANA, { ...typed, email: "a@b.example" })).toEqual({
      email: "a@b.example",
      currentPassword: "my password",
    });
    expect(updateInput(ANA, { ...typed, name: "Ana L." })).toEqual({ name: "Ana L." });
  });
});

it("makes a password the form accepts, another one each time", () => {
  const [one, two] = [randomPassword(), randomPassword()];
  expect(one).toMatch(/^(\w{5}-){3}\w{5}$/);
  expect(one).not.toBe(two);
});
