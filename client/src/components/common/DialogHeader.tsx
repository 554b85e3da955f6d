import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "@/components/common/IconButton";
import { commonText } from "@/messages/common";

interface DialogHeaderProps {
  title: ReactNode;
  description?: ReactNode;
}

export function DialogHeader({ title, description }: DialogHeaderProps) {
  return (
    <header className="flex items-start gap-3 px-5 pt-4 pb-3">
      <div className="min-w-0 grow pt-1">
        <Radix.Title className="text-section">{title}</Radix.Title>
        {description && (
          <Radix.Description className="mt-0.5 text-table text-muted">
            {description}
          </Radix.Description>
        )}
      </div>
      <Radix.Close asChild>
        <IconButton label={commonText.close} icon={<X />} tooltip={false} className="-me-2" />
      </Radix.Close>
    </header>
  );
}
