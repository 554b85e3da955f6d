import { RotateCw, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router-dom";
import { ApiError, messageOf } from "@/api/errors";
import { Button } from "@/components/common/Button";
import { buttonClass } from "@/components/common/buttonClass";
import { CopyButton } from "@/components/common/CopyButton";
import { Notice } from "@/components/layout/Notice";
import { commonText } from "@/messages/common";
import { shellText } from "@/messages/shell";

interface CrashPageProps {
  error: Error;
  onRetry: () => void;
}

/** A page broke. Whoever reports it can copy an id, the place and the reason at once. */
export function CrashPage({ error, onRetry }: CrashPageProps) {
  const [reference] = useState(() => referenceOf(error));
  const words = shellText.errors;
  const known = error instanceof ApiError;
  return (
    <Notice
      title={words.crashTitle}
      body={known ? messageOf(error) : words.crash}
      icon={<TriangleAlert />}
      actions={
        <>
          <Button variant="primary" onClick={onRetry}>
            <RotateCw aria-hidden />
            {commonText.retry}
          </Button>
          <Link to="/" className={buttonClass("secondary")}>
            {words.goHome}
          </Link>
        </>
      }
    >
      <p className="mt-3 flex flex-wrap items-center gap-1.5 text-table text-subtle">
        {known ? commonText.requestId : words.reference}
        <code className="font-mono break-all text-muted">{reference}</code>
        <CopyButton text={`${reference} ${window.location.pathname} ${error.message}`} />
      </p>
    </Notice>
  );
}

function referenceOf(error: Error): string {
  const requestId = error instanceof ApiError ? error.requestId : undefined;
  return requestId ?? crypto.getRandomValues(new Uint32Array(1))[0]?.toString(16) ?? error.name;
}
