import { TimeText } from "@/components/common/TimeText";
import { usersText } from "@/messages/users";

interface LastSeenProps {
  online: boolean;
  at: string | null;
  /** Says what the time is, where no column or label does. */
  labelled?: boolean;
}

export function LastSeen({ online, at, labelled = false }: LastSeenProps) {
  if (online) return <span className="text-ok">{usersText.online}</span>;
  if (at === null) {
    return <span className="text-subtle">{labelled ? usersText.neverSeen : usersText.never}</span>;
  }
  return (
    <span>
      {labelled && `${usersText.columns.lastSeen} `}
      <TimeText at={at} mode="relative" />
    </span>
  );
}
