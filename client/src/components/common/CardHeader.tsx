import type { ReactNode } from "react";

interface CardHeaderProps {
  title: ReactNode;
  /** For `aria-labelledby` of what it heads. */
  id?: string | undefined;
  actions?: ReactNode;
  badge?: ReactNode;
}

export function CardHeader({ title, id, actions, badge }: CardHeaderProps) {
  return (
    <header className="mb-3 flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1">
      <h2 id={id} className="min-w-0 text-section">
        {title}
      </h2>
      {badge}
      {actions && <div className="ms-auto flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
