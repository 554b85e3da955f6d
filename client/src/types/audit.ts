import type { AuditFieldsFragment, UserFieldsFragment } from "@/api/gql/graphql";

export type AuditEntry = AuditFieldsFragment;
export type FoundPerson = Pick<UserFieldsFragment, "id" | "name" | "email" | "avatarUrl">;
