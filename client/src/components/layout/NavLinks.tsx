import { Link, useLocation } from "react-router-dom";
import { cn } from "@/components/common/cn";
import { Tooltip } from "@/components/common/Tooltip";
import { useDestinations } from "@/components/layout/useDestinations";

interface NavLinksProps {
  /** How labels hide in the icon rail; none in the drawer, which needs no tooltips either. */
  labelClass?: string | undefined;
  onNavigate?: (() => void) | undefined;
}

export function NavLinks({ labelClass, onNavigate }: NavLinksProps) {
  const destinations = useDestinations();
  const { pathname } = useLocation();
  return (
    <ul className="grid gap-0.5">
      {destinations.map(({ to, label, icon: Icon, keys }) => {
        const link = (
          <Link
            to={to}
            aria-current={isHere(to, pathname) ? "page" : undefined}
            onClick={onNavigate}
            className={cn(
              "flex h-9 items-center gap-3 rounded-control px-3 text-body font-medium text-muted transition-colors duration-120 hover:bg-sunken hover:text-text pointer-coarse:h-11",
              "focus-visible:-outline-offset-2",
              "aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent forced-colors:aria-[current=page]:underline",
            )}
          >
            <Icon aria-hidden className="size-4 shrink-0" />
            <span className={cn("truncate", labelClass)}>{label}</span>
          </Link>
        );
        return (
          <li key={to}>
            {labelClass === undefined ? (
              link
            ) : (
              <Tooltip label={label} keys={keys} side="right">
                {link}
              </Tooltip>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function isHere(to: string, pathname: string): boolean {
  return to === "/" ? pathname === "/" : pathname === to || pathname.startsWith(`${to}/`);
}
