import { type ReactNode, useEffect, useRef } from "react";
import { useLocation } from "react-router-dom";
import { commonText } from "@/messages/common";

interface PageHeaderProps {
  title: string;
  actions?: ReactNode;
  /** A line below the title. */
  description?: ReactNode;
}

/** The page's one h1. Takes focus when a link led here, so that screen readers start at the top. */
export function PageHeader({ title, actions, description }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { key } = useLocation();
  const firstPage = useRef(key === "default");
  useEffect(() => {
    document.title = `${title} · ${commonText.appName}`;
  }, [title]);
  useEffect(() => {
    if (!firstPage.current) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <header className="mb-4 flex min-h-9 flex-wrap items-center gap-x-4 gap-y-2">
      <div className="min-w-0 grow">
        <h1 ref={heading} tabIndex={-1} className="truncate text-title">
          {title}
        </h1>
        {description && <p className="text-table text-muted">{description}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
