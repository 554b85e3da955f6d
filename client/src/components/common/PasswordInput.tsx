import { Eye, EyeOff } from "lucide-react";
import { forwardRef, type InputHTMLAttributes, type KeyboardEvent, useState } from "react";
import { controlClass } from "@/components/common/controlClass";
import { commonText } from "@/messages/common";

type PasswordInputProps = Omit<InputHTMLAttributes<HTMLInputElement>, "type">;

/** Pasting and password managers work; a hint tells when Caps Lock is on. */
export const PasswordInput = forwardRef<HTMLInputElement, PasswordInputProps>(
  function PasswordInput({ className, ...rest }, ref) {
    const [shown, setShown] = useState(false);
    const [caps, setCaps] = useState(false);
    const watchCaps = (event: KeyboardEvent) => setCaps(event.getModifierState("CapsLock"));
    const Icon = shown ? EyeOff : Eye;
    return (
      <span className="grid gap-1">
        <span className="relative block">
          <input
            spellCheck={false}
            autoCapitalize="none"
            {...rest}
            ref={ref}
            type={shown ? "text" : "password"}
            onKeyDown={watchCaps}
            onKeyUp={watchCaps}
            className={controlClass(`pe-11 ${className ?? ""}`)}
          />
          <button
            type="button"
            aria-label={shown ? commonText.hidePassword : commonText.showPassword}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 end-0 flex w-10 items-center justify-center rounded-control text-subtle hover:text-text focus-visible:-outline-offset-2"
          >
            <Icon aria-hidden className="size-4" />
          </button>
        </span>
        <span role="status" className="text-caption text-warn empty:hidden">
          {caps ? commonText.capsLock : null}
        </span>
      </span>
    );
  },
);
