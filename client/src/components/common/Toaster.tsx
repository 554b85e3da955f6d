import { useEffect } from "react";
import { Toaster as Sonner, toast } from "sonner";
import { toasterIsReady } from "@/components/common/toast";
import { useMediaQuery } from "@/hooks/useMediaQuery";
import { commonText } from "@/messages/common";

/** Where toasts appear: away from the buttons of pages and dialogs, which are at the other end. */
export function Toaster() {
  // After the effect of its child, which is listening then.
  useEffect(() => toasterIsReady(toast), []);
  const narrow = useMediaQuery("(width < 40rem)");
  return (
    <Sonner
      position={narrow ? "top-center" : "bottom-left"}
      closeButton
      offset={{ bottom: 16, left: 16 }}
      mobileOffset={{ top: 60, left: 12, right: 12 }}
      containerAriaLabel={commonText.notifications}
      toastOptions={{
        unstyled: true,
        closeButtonAriaLabel: commonText.close,
        classNames: {
          toast:
            "relative flex w-[356px] max-w-full items-start gap-2.5 rounded-card border border-hairline bg-card py-3 ps-3.5 pe-10 text-text shadow-overlay",
          title: "text-body font-medium",
          description: "text-table text-muted",
          icon: "mt-0.5 shrink-0 [&_svg]:size-4",
          success: "[&_[data-icon]]:text-ok",
          error: "[&_[data-icon]]:text-bad",
          actionButton:
            "ms-auto self-center rounded-control border border-control px-2.5 h-7 text-table font-medium hover:bg-sunken",
          closeButton:
            "absolute end-1.5 top-1.5 flex size-7 items-center justify-center rounded-control text-subtle hover:bg-sunken hover:text-text",
        },
      }}
    />
  );
}
