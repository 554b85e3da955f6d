import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/common/Button";
import { commonText } from "@/messages/common";

interface PagerProps {
  hasPrevious: boolean;
  hasNext: boolean;
  onPrevious: () => void;
  onNext: () => void;
  /** Names the list it pages through. */
  label: string;
  /** Such as "1–25 of 140". */
  children?: ReactNode;
  previousLabel?: string | undefined;
  nextLabel?: string | undefined;
}

export function Pager(props: PagerProps) {
  return (
    <nav aria-label={props.label} className="flex flex-wrap items-center gap-2 text-table">
      {props.children && <span className="text-muted">{props.children}</span>}
      <span className="ms-auto flex gap-2">
        <Button size="sm" disabled={!props.hasPrevious} onClick={props.onPrevious}>
          <ChevronLeft aria-hidden className="rtl:rotate-180" />
          {props.previousLabel ?? commonText.previous}
        </Button>
        <Button size="sm" disabled={!props.hasNext} onClick={props.onNext}>
          {props.nextLabel ?? commonText.next}
          <ChevronRight aria-hidden className="rtl:rotate-180" />
        </Button>
      </span>
    </nav>
  );
}
