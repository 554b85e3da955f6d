import { Check } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Card } from "@/components/common/Card";
import { settingsText } from "@/messages/settings";

interface SettingsSectionProps {
  title: string;
  intro?: string;
  /** Something in it was just changed. */
  saved?: boolean;
  children: ReactNode;
}

export function SettingsSection({ title, intro, saved = false, children }: SettingsSectionProps) {
  const id = useId();
  return (
    <Card className="grid gap-4 md:grid-cols-[200px_1fr] md:gap-8 md:p-6">
      <div>
        <div className="flex flex-wrap items-center justify-between gap-x-3 md:block">
          <h2 id={id} className="text-section">
            {title}
          </h2>
          <p role="status" className="flex items-center gap-1 text-caption text-ok">
            {saved && (
              <>
                <Check aria-hidden className="size-3.5" />
                {settingsText.saved}
              </>
            )}
          </p>
        </div>
        {intro && <p className="mt-1 text-table text-muted">{intro}</p>}
      </div>
      <section aria-labelledby={id} className="grid max-w-xl gap-5">
        {children}
      </section>
    </Card>
  );
}
