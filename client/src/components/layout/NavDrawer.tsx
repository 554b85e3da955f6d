import { Menu as MenuIcon } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/common/IconButton";
import { lazyLayer } from "@/components/common/lazyLayer";
import { shellText } from "@/messages/shell";

const NavLayer = lazyLayer(() =>
  import("@/components/layout/NavLayer").then((code) => code.NavLayer),
);

/** The sidebar of phones, and the button that opens it. */
export function NavDrawer() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton
        label={shellText.openNavigation}
        icon={<MenuIcon />}
        aria-haspopup="dialog"
        aria-expanded={open}
        className="sm:hidden"
        onClick={() => setOpen(true)}
      />
      <NavLayer open={open} onOpenChange={setOpen} />
    </>
  );
}
