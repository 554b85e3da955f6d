import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { Severity } from "@/api/gql/graphql";
import { Badge, type Tone } from "@/components/common/Badge";
import { severityText } from "@/messages/audit";

const looks: Record<Severity, [Tone, typeof Info]> = {
  INFO: ["neutral", Info],
  NOTICE: ["accent", Info],
  WARNING: ["warn", TriangleAlert],
  ERROR: ["bad", CircleAlert],
};

export function SeverityBadge({ severity }: { severity: Severity }) {
  const [tone, Icon] = looks[severity];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {severityText[severity]}
    </Badge>
  );
}
