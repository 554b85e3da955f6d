import { Lock } from "lucide-react";
import { Link } from "react-router-dom";
import { buttonClass } from "@/components/common/buttonClass";
import { Notice } from "@/components/layout/Notice";
import { shellText } from "@/messages/shell";

export default function ForbiddenPage() {
  return (
    <Notice
      title={shellText.errors.forbiddenTitle}
      body={shellText.errors.forbidden}
      icon={<Lock />}
      actions={
        <Link to="/" className={buttonClass("primary")}>
          {shellText.errors.goHome}
        </Link>
      }
    />
  );
}
