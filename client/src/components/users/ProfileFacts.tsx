import type { ReactNode } from "react";
import type { UserFieldsFragment } from "@/api/gql/graphql";
import { Card } from "@/components/common/Card";
import { CopyButton } from "@/components/common/CopyButton";
import { TimeText } from "@/components/common/TimeText";
import { profileText, roleText, statusText } from "@/messages/users";

const { facts } = profileText;

/** What the header does not say. */
export function ProfileFacts({ user }: { user: UserFieldsFragment }) {
  return (
    <Card className="max-w-2xl py-1">
      <dl className="divide-y divide-hairline">
        {user.email !== null && (
          <Fact name={facts.email}>
            <a href={`mailto:${user.email}`} className="wrap-anywhere text-accent hover:underline">
              {user.email}
            </a>
          </Fact>
        )}
        {user.role !== null && (
          <>
            <Fact name={facts.role}>{roleText[user.role]}</Fact>
            <Fact name={facts.status}>{statusText[user.status]}</Fact>
          </>
        )}
        <Fact name={facts.created}>
          <TimeText at={user.createdAt} mode="absolute" />
        </Fact>
        {user.role !== null && (
          <>
            <Fact name={facts.updated}>
              <TimeText at={user.updatedAt} mode="absolute" />
            </Fact>
            <Fact name={facts.id}>
              <code className="font-mono text-table break-all">{user.id}</code>
              <CopyButton text={user.id} label={profileText.copyId} />
            </Fact>
          </>
        )}
      </dl>
      {user.role === null && (
        <p className="border-t border-hairline py-2 text-caption text-subtle">
          {profileText.publicNote}
        </p>
      )}
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid min-h-10 grid-cols-[6rem_1fr] sm:grid-cols-[8rem_1fr] items-center gap-3 py-1.5">
      <dt className="text-table text-muted">{name}</dt>
      <dd className="flex min-w-0 items-center gap-2">{children}</dd>
    </div>
  );
}
