// What an account may look like in a form, and what of it was changed.

import * as z from "zod/mini";
import type {
  AccountStatus,
  CreateUserInput,
  Role,
  UpdateUserInput,
  UserFieldsFragment,
} from "@/api/gql/graphql";
import { formText } from "@/messages/users";

const { problems } = formText;

export interface UserFormValues {
  name: string;
  email: string;
  password: string;
  role: Role;
  status: AccountStatus;
  avatarUrl: string;
  currentPassword: string;
}

export const BLANK: UserFormValues = {
  name: "",
  email: "",
  password: "",
  role: "MEMBER",
  status: "ACTIVE",
  avatarUrl: "",
  currentPassword: "",
};

export function valuesOf(user: UserFieldsFragment): UserFormValues {
  return {
    ...BLANK,
    name: user.name,
    email: user.email ?? "",
    role: user.role ?? "MEMBER",
    status: user.status,
    avatarUrl: user.avatarUrl ?? "",
  };
}

/** The rules of `domain/users.py` that a person can be told before asking the server. */
const common = {
  name: z
    .string()
    .check(
      z.trim(),
      z.minLength(1, { error: problems.nameEmpty }),
      z.maxLength(100, { error: problems.nameLong }),
    ),
  email: z
    .string()
    .check(
      z.trim(),
      z.maxLength(254, { error: problems.emailLong }),
      z.regex(/^[^\s@]{1,64}@[^\s@]+$/, { error: problems.emailWrong }),
    ),
  role: z.enum(["ADMIN", "MEMBER", "SERVICE"]),
  status: z.enum(["ACTIVE", "DISABLED"]),
  avatarUrl: z.string().check(
    z.trim(),
    z.regex(/^$|^(https:\/\/|http:\/\/localhost[:/])[^\s"'<>\\]+$/, {
      error: problems.avatarWrong,
    }),
  ),
};

export const createSchema = z.object({
  ...common,
  password: z
    .string()
    .check(
      z.minLength(12, { error: problems.passwordShort }),
      z.maxLength(128, { error: problems.passwordLong }),
    ),
  currentPassword: z.string(),
});

/** `ownEmail` is the address of who edits their own account: another one needs the password. */
export function editSchema(ownEmail: string | null) {
  const fields = z.object({ ...common, password: z.string(), currentPassword: z.string() });
  return fields.check(
    z.refine(
      ({ email, currentPassword }) =>
        ownEmail === null || email === ownEmail || currentPassword !== "",
      { path: ["currentPassword"], error: problems.currentPasswordEmpty },
    ),
  );
}

export function createInput(values: UserFormValues): CreateUserInput {
  const { name, email, password, role, avatarUrl } = values;
  return { name, email, password, role, ...(avatarUrl && { avatarUrl }) };
}

const EDITABLE = ["name", "email", "role", "status", "avatarUrl"] as const;
export type EditableField = (typeof EDITABLE)[number];

/** The fields that differ, so that what others changed meanwhile is left as they made it. */
export function changedFields(base: UserFormValues, values: UserFormValues): EditableField[] {
  return EDITABLE.filter((field) => values[field].trim() !== base[field]);
}

export function updateInput(base: UserFormValues, values: UserFormValues): UpdateUserInput {
  const changed = changedFields(base, values);
  const input: UpdateUserInput = Object.fromEntries(
    changed.map((one) => [one, values[one].trim()]),
  );
  if (input.avatarUrl === "") input.avatarUrl = null;
  if (changed.includes("email") && values.currentPassword) {
    input.currentPassword = values.currentPassword;
  }
  return input;
}

const LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** 20 random characters (over 115 bits) without those that are read as one another. */
export function randomPassword(): string {
  const picked: string[] = [];
  while (picked.length < 20) {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
    // Bytes past the last full round would make the first letters likelier.
    if (byte < 256 - (256 % LETTERS.length)) picked.push(LETTERS.charAt(byte % LETTERS.length));
  }
  return picked.join("").replace(/(.{5})(?=.)/g, "$1-");
}
