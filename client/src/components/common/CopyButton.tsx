import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "@/components/common/IconButton";
import { VisuallyHidden } from "@/components/common/VisuallyHidden";
import { commonText } from "@/messages/common";

interface CopyButtonProps {
  text: string;
  label?: string | undefined;
}

const SHOWN_MS = 2000;

export function CopyButton({ text, label = commonText.copy }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <>
      <IconButton
        size="sm"
        label={copied ? commonText.copied : label}
        icon={copied ? <Check className="text-ok" /> : <Copy />}
        onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
      />
      <VisuallyHidden role="status">{copied ? commonText.copied : ""}</VisuallyHidden>
    </>
  );
}
