import type { AccountStatus } from "@/api/gql/graphql";
import { StatusDot } from "@/components/common/StatusDot";
import { statusText } from "@/messages/users";

export function AccountDot({ status }: { status: AccountStatus }) {
  return <StatusDot tone={status === "ACTIVE" ? "ok" : "bad"} label={statusText[status]} />;
}
