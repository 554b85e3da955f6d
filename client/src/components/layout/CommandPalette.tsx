import { Command } from "cmdk";
import { Dialog } from "radix-ui";
import { type ReactNode, useState } from "react";
import { useNavigate } from "react-router-dom";
import { Avatar } from "@/components/common/Avatar";
import { scrimClass } from "@/components/common/overlayClass";
import { useDialogFocus } from "@/components/common/useDialogFocus";
import { PaletteItem } from "@/components/layout/PaletteItem";
import { useDestinations } from "@/components/layout/useDestinations";
import { usePaletteActions } from "@/components/layout/usePaletteActions";
import { usePeopleSearch } from "@/hooks/usePeopleSearch";
import { shellText } from "@/messages/shell";
import { useIsAdmin } from "@/store/auth";

const words = shellText.palette;

interface PaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onShortcuts: () => void;
}

/** Pages, people and actions by a few letters. */
export function CommandPalette(props: PaletteProps) {
  const focus = useDialogFocus();
  return (
    <Dialog.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className={scrimClass} />
        <Dialog.Content
          {...focus}
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[12vh] z-50 mx-auto max-w-xl animate-rise overflow-hidden rounded-card border border-hairline bg-card shadow-overlay outline-none"
        >
          <Dialog.Title className="sr-only">{words.title}</Dialog.Title>
          <Palette {...props} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Palette({ onOpenChange, onShortcuts }: PaletteProps) {
  const [query, setQuery] = useState("");
  const navigate = useNavigate();
  const isAdmin = useIsAdmin();
  const pages = useDestinations().filter((page) => matches(page.label, query));
  const actions = usePaletteActions(onShortcuts).filter((action) => matches(action.label, query));
  const { people, searching, failed } = usePeopleSearch(isAdmin ? query : "");
  const nothing = pages.length + actions.length + people.length === 0;
  const run = (act: () => void) => () => {
    onOpenChange(false);
    act();
  };
  return (
    // The server has searched people already, by more than the letters shown.
    <Command label={words.title} loop shouldFilter={false}>
      <Command.Input
        data-autofocus
        value={query}
        onValueChange={setQuery}
        placeholder={words.placeholder}
        className="h-12 w-full bg-transparent px-4 text-section font-normal outline-none"
      />
      <Command.List
        label={words.title}
        className="max-h-[min(60vh,420px)] overflow-y-auto border-t border-hairline p-1.5 empty:hidden"
      >
        <Group heading={words.pages} shown={pages.length > 0}>
          {pages.map(({ to, label, icon: Icon, keys }) => (
            <PaletteItem
              key={to}
              value={label}
              icon={<Icon />}
              keys={keys}
              onSelect={run(() => navigate(to))}
            >
              {label}
            </PaletteItem>
          ))}
        </Group>
        <Group heading={words.people} shown={people.length > 0}>
          {people.map(({ id, name, email, avatarUrl }) => (
            <PaletteItem
              key={id}
              value={id}
              icon={<Avatar size="sm" name={name} url={avatarUrl} />}
              onSelect={run(() => navigate(`/users/${id}`))}
            >
              <span className="truncate">{name}</span>
              <span className="truncate text-caption text-subtle">{email}</span>
            </PaletteItem>
          ))}
        </Group>
        <Group heading={words.actions} shown={actions.length > 0}>
          {actions.map(({ label, icon: Icon, act }) => (
            <PaletteItem key={label} value={label} icon={<Icon />} onSelect={run(act)}>
              {label}
            </PaletteItem>
          ))}
        </Group>
      </Command.List>
      <p role="status" className="px-4 py-2.5 text-caption text-subtle empty:hidden">
        {statusWords({ searching, failed, nothing })}
      </p>
    </Command>
  );
}

function statusWords(found: { searching: boolean; failed: boolean; nothing: boolean }): string {
  if (found.searching) return words.searching;
  if (found.failed) return words.failed;
  return found.nothing ? words.none : "";
}

interface GroupProps {
  heading: string;
  shown: boolean;
  children: ReactNode;
}

function Group({ heading, shown, children }: GroupProps) {
  if (!shown) return null;
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-caption [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-subtle"
    >
      {children}
    </Command.Group>
  );
}

/** Every word typed begins a word of the label, or is somewhere in it when long enough. */
function matches(label: string, query: string): boolean {
  const text = ` ${label.toLowerCase()}`;
  const typed = query.toLowerCase().split(/\s+/).filter(Boolean);
  return typed.every((word) => text.includes(word.length < 3 ? ` ${word}` : word));
}
