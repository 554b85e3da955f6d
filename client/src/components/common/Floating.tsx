import { forwardRef, type HTMLAttributes, useLayoutEffect, useRef } from "react";
import { cn } from "@/components/common/cn";
import { mergeRefs } from "@/components/common/mergeRefs";
import { type Align, place, type Side } from "@/components/common/place";

interface FloatingProps extends HTMLAttributes<HTMLDivElement> {
  /** What it floats beside, and follows. */
  anchor: Element;
  side?: Side | undefined;
  align?: Align | undefined;
}

/** A box in the browser's top layer: nothing clips or covers it, and it keeps its place in the tab order. */
export const Floating = forwardRef<HTMLDivElement, FloatingProps>(function Floating(
  { anchor, side = "bottom", align = "center", className, ...rest },
  ref,
) {
  const own = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = own.current;
    if (!box) return;
    box.popover = "manual";
    box.showPopover?.();
    const follow = () => {
      const rtl = getComputedStyle(anchor).direction === "rtl";
      const { clientWidth: width, clientHeight: height } = document.documentElement;
      const size = { width: box.offsetWidth, height: box.offsetHeight };
      const room = { width, height };
      const spot = place(anchor.getBoundingClientRect(), size, { side, align, rtl, room });
      box.style.left = `${Math.round(spot.left)}px`;
      box.style.top = `${Math.round(spot.top)}px`;
    };
    follow();
    const resized = new ResizeObserver(follow);
    resized.observe(box);
    window.addEventListener("scroll", follow, { capture: true, passive: true });
    window.addEventListener("resize", follow);
    return () => {
      resized.disconnect();
      window.removeEventListener("scroll", follow, { capture: true });
      window.removeEventListener("resize", follow);
    };
  }, [anchor, side, align]);
  return (
    <div
      {...rest}
      ref={mergeRefs(own, ref)}
      className={cn(
        "fixed inset-auto max-h-[calc(100dvh-16px)] max-w-[calc(100vw-16px)] overflow-y-auto text-start font-normal whitespace-normal",
        className,
      )}
    />
  );
});
