import { Avatar } from "@/components/common/Avatar";
import { VisuallyHidden } from "@/components/common/VisuallyHidden";
import { commonText } from "@/messages/common";

interface AvatarStackProps {
  people: readonly { id?: string | undefined; name: string; url?: string | null | undefined }[];
  /** How many are drawn before `+n`. */
  max?: number | undefined;
}

export function AvatarStack({ people, max = 5 }: AvatarStackProps) {
  const shown = people.slice(0, max);
  const rest = people.length - shown.length;
  return (
    <ul className="flex flex-wrap items-center -space-x-1 gap-y-1">
      {shown.map((person) => (
        <li
          key={person.id ?? person.name}
          title={person.name}
          className="rounded-full ring-2 ring-card"
        >
          <Avatar name={person.name} url={person.url} />
          <VisuallyHidden>{person.name}</VisuallyHidden>
        </li>
      ))}
      {rest > 0 && (
        <li
          data-fill
          className="flex h-8 min-w-8 items-center justify-center rounded-full bg-sunken px-1.5 text-caption text-muted ring-2 ring-card"
        >
          <span aria-hidden>{commonText.more(rest)}</span>
          <VisuallyHidden>{commonText.morePeople(rest)}</VisuallyHidden>
        </li>
      )}
    </ul>
  );
}
