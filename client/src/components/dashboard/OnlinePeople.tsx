import { useState } from "react";
import { Link } from "react-router-dom";
import { Avatar } from "@/components/common/Avatar";
import { AvatarStack } from "@/components/common/AvatarStack";
import { Badge } from "@/components/common/Badge";
import { Button } from "@/components/common/Button";
import { EmptyState } from "@/components/common/EmptyState";
import { Panel } from "@/components/common/Panel";
import { Skeleton } from "@/components/common/Skeleton";
import { usePresence } from "@/hooks/usePresence";
import { dashboardText } from "@/messages/dashboard";
import { useAuth } from "@/store/auth";
import type { OnlineUser } from "@/types/api";
import { useHeld } from "./useHeld";

const text = dashboardText.people;
const FEW = 6;

/** Who is here: faces first, then names, latest comer first. */
export function OnlinePeople({ paused }: { paused: boolean }) {
  const { online, known } = useHeld(usePresence(), paused, "people");
  const [all, setAll] = useState(false);
  const shown = all ? online : online.slice(0, FEW);
  return (
    <Panel
      title={text.title}
      badge={online.length > 0 && <Badge tone="ok">{online.length}</Badge>}
      loading={!known}
      skeleton={<Skeleton lines={5} />}
      empty={online.length === 0 && <EmptyState title={text.none} />}
    >
      <AvatarStack
        max={8}
        people={online.map(({ id, name, avatarUrl }) => ({ id, name, url: avatarUrl }))}
      />
      <ul className="mt-3 max-h-72 overflow-y-auto">
        {shown.map((user) => (
          <Person key={user.id} user={user} />
        ))}
      </ul>
      {online.length > FEW && (
        <Button size="sm" variant="ghost" className="mt-1 -ms-2" onClick={() => setAll(!all)}>
          {all ? text.fewer : text.all(online.length)}
        </Button>
      )}
    </Panel>
  );
}

function Person({ user }: { user: OnlineUser }) {
  const me = useAuth((state) => state.user?.id);
  return (
    <li>
      <Link
        to={user.id === me ? "/me" : `/users/${user.id}`}
        className="-mx-2 flex min-h-9 items-center gap-2 rounded-control px-2 text-table hover:bg-sunken"
      >
        <Avatar name={user.name} url={user.avatarUrl} size="sm" />
        <span className="min-w-0 truncate">{user.name}</span>
        {user.id === me && <span className="text-caption text-subtle">{text.you}</span>}
      </Link>
    </li>
  );
}
