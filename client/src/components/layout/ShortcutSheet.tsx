import { useSyncExternalStore } from "react";
import { Dialog, type DialogProps } from "@/components/common/Dialog";
import { Keys } from "@/components/common/Keys";
import { Switch } from "@/components/common/Switch";
import { shortcutList } from "@/hooks/shortcuts";
import { shellText } from "@/messages/shell";
import { useUi } from "@/store/ui";

const words = shellText.shortcuts;

interface Row {
  keys: string;
  label: string;
}

/** What the keys do here, read from what is bound right now. */
export function ShortcutSheet(dialog: Pick<DialogProps, "open" | "onOpenChange">) {
  const bound = useSyncExternalStore(shortcutList.subscribe, shortcutList.getSnapshot);
  const { shortcuts, set } = useUi();
  const fixed = (rows: readonly (readonly [string, string])[]): Row[] =>
    rows.map(([keys, label]) => ({ keys, label }));
  const inGroup = (group: string): Row[] => bound.filter((shortcut) => shortcut.group === group);
  const groups: [string, Row[]][] = [
    [words.everywhere, [...inGroup(words.everywhere), { keys: "escape", label: words.close }]],
    [words.goTo, inGroup(words.goTo)],
    [words.thisPage, inGroup(words.thisPage)],
    [words.tables, fixed(words.fixed.tables)],
    [words.charts, fixed(words.fixed.charts)],
    [words.feed, fixed(words.fixed.feed)],
  ];
  return (
    <Dialog {...dialog} title={words.title} description={words.description} wide>
      <Switch
        className="mb-5 rounded-control bg-sunken px-3 py-2.5"
        label={words.enabled}
        description={words.enabledHint}
        checked={shortcuts}
        onCheckedChange={(on) => set({ shortcuts: on })}
      />
      <div className="gap-8 sm:columns-2">
        {groups.map(
          ([group, rows]) => rows.length > 0 && <Group key={group} name={group} rows={rows} />,
        )}
      </div>
    </Dialog>
  );
}

function Group({ name, rows }: { name: string; rows: Row[] }) {
  return (
    <section className="mb-4 break-inside-avoid">
      <h3 className="mb-1 text-table font-semibold">{name}</h3>
      <dl className="grid gap-0.5">
        {rows.map(({ keys, label }) => (
          <div key={keys} className="flex min-h-7 items-center justify-between gap-4">
            <dt className="text-table text-muted">{label}</dt>
            <dd>
              <Keys keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
