import type { ReactNode } from "react";
import { PageHeader } from "@/components/common/PageHeader";

interface NoticeProps {
  title: string;
  body: string;
  icon: ReactNode;
  actions: ReactNode;
  children?: ReactNode;
}

/** A page that says why there is no page. */
export function Notice({ title, body, icon, actions, children }: NoticeProps) {
  return (
    <section className="mx-auto mt-[8vh] max-w-lg">
      <span aria-hidden className="mb-4 block text-subtle [&_svg]:size-8">
        {icon}
      </span>
      <PageHeader title={title} />
      <p className="-mt-2 text-muted">{body}</p>
      {children}
      <div className="mt-5 flex flex-wrap gap-2">{actions}</div>
    </section>
  );
}
