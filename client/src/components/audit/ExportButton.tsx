import { Download } from "lucide-react";
import { Button } from "@/components/common/Button";
import { Tooltip } from "@/components/common/Tooltip";
import { auditText } from "@/messages/audit";

interface ExportButtonProps {
  busy: boolean;
  onExport: () => void;
}

export function ExportButton({ busy, onExport }: ExportButtonProps) {
  return (
    <Tooltip label={auditText.exportHint}>
      <Button busy={busy} onClick={onExport}>
        {!busy && <Download aria-hidden />}
        {auditText.exportCsv}
      </Button>
    </Tooltip>
  );
}
