import {
  cloneElement,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  useId,
  useState,
} from "react";
import { MenuList } from "@/components/common/MenuList";
import { useAnchor } from "@/components/common/useAnchor";

export interface MenuItem {
  label: string;
  onSelect: () => void;
  icon?: ReactNode;
  danger?: boolean | undefined;
  disabled?: boolean | undefined;
  /** Why it is disabled. */
  reason?: string | undefined;
}

interface MenuProps {
  /** A button; gets the menu's attributes. */
  trigger: ReactElement;
  items: readonly MenuItem[];
  /** Shown above the items, such as whose account it is. */
  header?: ReactNode;
  align?: "start" | "end" | undefined;
}

/** Opens by its button, or by an arrow key on it; then arrows, Home, End and letters move. */
export function Menu({ trigger, items, header, align = "end" }: MenuProps) {
  const id = useId();
  const [anchor, wrapper] = useAnchor();
  // The item that has focus at first; null while closed. From a click none has it yet.
  const [first, setFirst] = useState<number | null>(null);
  const close = () => setFirst(null);
  return (
    <span ref={wrapper} className="contents">
      {cloneElement(trigger, {
        id,
        "aria-haspopup": "menu",
        "aria-expanded": first !== null,
        onClick: (event: MouseEvent) =>
          setFirst((open) => (open === null ? (event.detail === 0 ? 0 : -1) : null)),
        onKeyDown: (event: KeyboardEvent) => {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          setFirst(event.key === "ArrowDown" ? 0 : items.length - 1);
        },
      })}
      {first !== null && anchor && (
        <MenuList labelledBy={id} {...{ anchor, align, header, items, first }} onClose={close} />
      )}
    </span>
  );
}
