import { Compass } from "lucide-react";
import { Link } from "react-router-dom";
import { buttonClass } from "@/components/common/buttonClass";
import { Notice } from "@/components/layout/Notice";
import { shellText } from "@/messages/shell";

export default function NotFoundPage() {
  return (
    <Notice
      title={shellText.errors.notFoundTitle}
      body={shellText.errors.notFound}
      icon={<Compass />}
      actions={
        <Link to="/" className={buttonClass("primary")}>
          {shellText.errors.goHome}
        </Link>
      }
    />
  );
}
