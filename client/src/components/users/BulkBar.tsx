import { Ban, Bell, ChevronDown, RotateCcw, X } from "lucide-react";
import { useState } from "react";
import { messageOf } from "@/api/errors";
import type { UpdateUserInput } from "@/api/gql/graphql";
import { Button } from "@/components/common/Button";
import { ConfirmDialog } from "@/components/common/ConfirmDialog";
import { cn } from "@/components/common/cn";
import { Menu } from "@/components/common/Menu";
import { toast } from "@/components/common/toast";
import { type BulkFailure, useBulkUpdate } from "@/hooks/useBulkUpdate";
import { actionText, bulkText } from "@/messages/users";
import { NotifyDialog } from "./lazyForms";
import type { Selection } from "./useSelection";

const CHANGES = {
  makeAdmin: { role: "ADMIN" },
  makeMember: { role: "MEMBER" },
  disable: { status: "DISABLED" },
  enable: { status: "ACTIVE" },
} as const satisfies Record<string, UpdateUserInput>;
type Change = keyof typeof CHANGES;

/** Of one height with the line it takes the place of, so that the rows stay where they are. */
export const barClass =
  "flex min-h-12 flex-wrap items-center gap-2 border-b border-hairline px-3 py-1.5";

interface BulkBarProps {
  selection: Selection;
  meId: string | undefined;
}

/** What can be done to everybody who is selected. */
export function BulkBar({ selection, meId }: BulkBarProps) {
  const [asked, setAsked] = useState<Change | "notify" | null>(null);
  const { run, progress } = useBulkUpdate();
  const people = selection.users;
  const others = people.filter((user) => user.id !== meId);
  const none = others.length === 0 ? actionText.ownBulk : undefined;
  const busy = progress !== null;

  async function apply(change: Change) {
    const failed = await run(
      others.map((user) => user.id),
      CHANGES[change],
    );
    const done = others.length - failed.length;
    if (done > 0) toast.success(bulkText.done(done));
    if (failed.length > 0) tell(failed, others.length);
    else selection.clear();
  }

  function tell(failed: BulkFailure[], of: number) {
    const lines = failed.slice(0, 3).map(({ id, error }) => {
      const name = others.find((user) => user.id === id)?.name ?? id;
      return `${name}: ${messageOf(error)}`;
    });
    toast.error(bulkText.failed(failed.length, of), { description: lines.join(" ") });
  }

  return (
    <section
      aria-label={bulkText.label}
      className={cn(barClass, "sticky top-(--topbar) z-10 rounded-t-card bg-accent-soft")}
    >
      <span role="status" className="me-2 text-table font-medium">
        {progress
          ? bulkText.progress(progress.done, progress.of)
          : bulkText.selected(people.length)}
      </span>
      <Menu
        align="start"
        trigger={
          <Button size="sm" busy={busy} reason={none}>
            {bulkText.setRole}
            <ChevronDown aria-hidden />
          </Button>
        }
        items={[
          { label: bulkText.makeMember, onSelect: () => setAsked("makeMember") },
          { label: bulkText.makeAdmin, onSelect: () => setAsked("makeAdmin") },
        ]}
      />
      <Button size="sm" busy={busy} reason={none} onClick={() => setAsked("disable")}>
        <Ban aria-hidden />
        {bulkText.disable}
      </Button>
      <Button size="sm" busy={busy} reason={none} onClick={() => setAsked("enable")}>
        <RotateCcw aria-hidden />
        {bulkText.enable}
      </Button>
      <Button size="sm" busy={busy} onClick={() => setAsked("notify")}>
        <Bell aria-hidden />
        {bulkText.notify}
      </Button>
      <Button size="sm" variant="ghost" className="ms-auto" onClick={selection.clear}>
        <X aria-hidden />
        <span className="max-sm:sr-only">{bulkText.clear}</span>
      </Button>
      {asked === "notify" && <NotifyDialog people={people} onClose={() => setAsked(null)} />}
      {asked !== null && asked !== "notify" && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setAsked(null)}
          title={bulkText.confirm[asked](others.length)}
          body={
            <>
              {bulkText.confirmBody[asked]} {others.length < people.length && bulkText.own}
            </>
          }
          confirmLabel={bulkText[asked]}
          danger={asked === "disable"}
          onConfirm={() => apply(asked)}
        />
      )}
    </section>
  );
}
