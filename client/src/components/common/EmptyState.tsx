import type { ReactNode } from "react";

interface EmptyStateProps {
  title: string;
  body?: ReactNode;
  /** The one thing to do about it. */
  action?: ReactNode;
  icon?: ReactNode;
}

export function EmptyState({ title, body, action, icon }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center justify-center gap-1 px-4 py-8 text-center">
      {icon && (
        <span aria-hidden className="mb-2 text-subtle [&_svg]:size-6">
          {icon}
        </span>
      )}
      <p className="font-medium text-text">{title}</p>
      {body && <p className="max-w-prose text-table text-muted">{body}</p>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
