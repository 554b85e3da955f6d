import {
  cloneElement,
  type FocusEvent,
  type PointerEvent,
  type ReactElement,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { Floating } from "@/components/common/Floating";
import { Keys } from "@/components/common/Keys";
import type { Side } from "@/components/common/place";

interface TooltipProps {
  label: string;
  /** Keys that do the same, as in `useShortcut`. */
  keys?: string | undefined;
  side?: Side | undefined;
  children: ReactElement;
}

const WAIT_MS = 400;
/** Time to reach the tooltip itself, and in which the next one needs no wait. */
const LINGER_MS = 150;
let lastShownAt = Number.NEGATIVE_INFINITY;

/** Names or explains its child on hover and focus. Never the only place for something needed. */
export function Tooltip({ label, keys, side = "bottom", children }: TooltipProps) {
  const id = useId();
  const { anchor, show, hide, keep } = useShown();
  const { props } = children;
  const named = props["aria-describedby"] || props["aria-label"] === label;
  const trigger = cloneElement(children, {
    ...(anchor && !named && { "aria-describedby": id }),
    onPointerEnter: (event: PointerEvent) => {
      if (event.pointerType !== "touch") show(event.currentTarget, WAIT_MS);
    },
    onPointerLeave: () => hide(LINGER_MS),
    onFocus: (event: FocusEvent) => {
      props.onFocus?.(event);
      if (event.currentTarget.matches(":focus-visible")) show(event.currentTarget, 0);
    },
    onBlur: (event: FocusEvent) => {
      props.onBlur?.(event);
      hide(0);
    },
    onPointerDown: (event: PointerEvent) => {
      props.onPointerDown?.(event);
      hide(0);
    },
  });
  return (
    <>
      {trigger}
      {anchor && (
        <Floating
          id={id}
          role="tooltip"
          anchor={anchor}
          side={side}
          data-fill
          onPointerEnter={keep}
          onPointerLeave={() => hide(LINGER_MS)}
          className="flex max-w-72 animate-fade items-center gap-2 rounded-control bg-text px-2 py-1 text-caption text-card shadow-overlay"
        >
          {label}
          {keys && (
            <span className="max-sm:hidden pointer-coarse:hidden">
              <Keys keys={keys} inverted />
            </span>
          )}
        </Floating>
      )}
    </>
  );
}

/** Shown beside an element after a wait; Esc takes it away without touching what is below. */
function useShown() {
  const [anchor, setAnchor] = useState<Element | null>(null);
  const timer = useRef(0);
  const keep = () => window.clearTimeout(timer.current);
  const set = (element: Element | null, waitMs: number) => {
    keep();
    if (waitMs === 0) setAnchor(element);
    else timer.current = window.setTimeout(() => setAnchor(element), waitMs);
  };
  useEffect(() => () => window.clearTimeout(timer.current), []);
  useEffect(() => {
    if (!anchor) return;
    const onKeyDown = ({ key }: KeyboardEvent) => key === "Escape" && setAnchor(null);
    document.addEventListener("keydown", onKeyDown);
    return () => {
      lastShownAt = performance.now();
      document.removeEventListener("keydown", onKeyDown);
    };
  }, [anchor]);
  const show = (element: Element, waitMs: number) =>
    set(element, performance.now() - lastShownAt < 2 * LINGER_MS ? 0 : waitMs);
  return { anchor, show, hide: (waitMs: number) => set(null, waitMs), keep };
}
