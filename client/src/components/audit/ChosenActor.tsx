import { X } from "lucide-react";
import { Avatar } from "@/components/common/Avatar";
import { IconButton } from "@/components/common/IconButton";
import { auditText } from "@/messages/audit";

interface ChosenActorProps {
  /** Their name, or their id as long as that is all we know. */
  name: string;
  avatarUrl?: string | null | undefined;
  onClear: () => void;
}

export function ChosenActor({ name, avatarUrl, onClear }: ChosenActorProps) {
  return (
    <div className="grid min-w-0 gap-1">
      <span className="text-table font-medium">{auditText.actor}</span>
      <div className="flex h-(--control-md) min-w-0 items-center gap-2 rounded-control border border-control bg-card ps-2 pe-1">
        <Avatar name={name} url={avatarUrl} size="sm" />
        <span className="min-w-0 grow truncate">{name}</span>
        <IconButton size="sm" label={auditText.actorClear} icon={<X />} onClick={onClear} />
      </div>
    </div>
  );
}
