import type { Role } from "@/api/gql/graphql";
import { Badge } from "@/components/common/Badge";
import { roleText } from "@/messages/users";

/** Nothing for a role that may not be seen. */
export function RoleBadge({ role }: { role: Role | null }) {
  if (!role) return null;
  return <Badge tone={role === "ADMIN" ? "accent" : "neutral"}>{roleText[role]}</Badge>;
}
