import { useState } from "react";
import { useNavigate } from "react-router-dom";
import type { UserFieldsFragment } from "@/api/gql/graphql";
import { Tabs } from "@/components/common/Tabs";
import { usePresence } from "@/hooks/usePresence";
import { useUrlState } from "@/hooks/useUrlState";
import { profileText } from "@/messages/users";
import { ProfileFacts } from "./ProfileFacts";
import { ProfileHeader } from "./ProfileHeader";
import { profileParams } from "./profileParams";
import { UserActivity } from "./UserActivity";
import { type Asked, UserDialogs } from "./UserDialogs";
import { UserSessions } from "./UserSessions";

interface ProfileProps {
  user: UserFieldsFragment;
  own: boolean;
}

/** One person: all there is for themselves and administrators, the public part for others. */
export function Profile({ user, own }: ProfileProps) {
  const navigate = useNavigate();
  const [{ tab }, patch] = useUrlState(profileParams);
  const [asked, setAsked] = useState<Asked | null>(null);
  const online = (usePresence().byId.get(user.id) ?? user.presence) === "ONLINE";
  return (
    <>
      <ProfileHeader
        user={user}
        online={online}
        own={own}
        onEdit={() => patch({ edit: true })}
        onAsk={(kind) => setAsked({ kind, user })}
      />
      {user.role === null ? (
        <ProfileFacts user={user} />
      ) : (
        <Tabs
          label={user.name}
          value={tab}
          onValueChange={(value) => patch({ tab: profileParams.tab.read(value) })}
          tabs={[
            {
              value: "overview",
              label: profileText.tabs.overview,
              content: <ProfileFacts user={user} />,
            },
            {
              value: "activity",
              label: profileText.tabs.activity,
              content: <UserActivity id={user.id} />,
            },
            {
              value: "sessions",
              label: profileText.tabs.sessions,
              content: <UserSessions id={user.id} />,
            },
          ]}
        />
      )}
      <UserDialogs
        asked={asked}
        onClose={() => setAsked(null)}
        onRemoved={() => navigate("/users")}
      />
    </>
  );
}
