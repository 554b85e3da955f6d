import { forwardRef, type TextareaHTMLAttributes } from "react";
import { controlClass } from "@/components/common/controlClass";

export const Textarea = forwardRef<
  HTMLTextAreaElement,
  TextareaHTMLAttributes<HTMLTextAreaElement>
>(function Textarea({ className, ...rest }, ref) {
  return (
    <textarea
      rows={3}
      {...rest}
      ref={ref}
      className={controlClass(`h-auto min-h-20 py-2 ${className ?? ""}`)}
    />
  );
});
