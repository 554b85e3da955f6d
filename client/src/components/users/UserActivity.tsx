import { Button } from "@/components/common/Button";
import { Card } from "@/components/common/Card";
import { EmptyState } from "@/components/common/EmptyState";
import { ErrorState } from "@/components/common/ErrorState";
import { Skeleton } from "@/components/common/Skeleton";
import { TimeText } from "@/components/common/TimeText";
import { useUserActivity } from "@/hooks/useUsers";
import { profileText } from "@/messages/users";
import { Changes } from "./Changes";

export function UserActivity({ id }: { id: string }) {
  const activity = useUserActivity(id);
  const { data: entries, error } = activity;
  return (
    <Card className="py-1">
      {error && <ErrorState error={error} onRetry={() => void activity.refetch()} />}
      {!entries && !error && <Skeleton lines={6} className="py-3" />}
      {entries?.length === 0 && (
        <EmptyState title={profileText.activityEmpty} body={profileText.activityEmptyBody} />
      )}
      {entries && entries.length > 0 && (
        <ol className="divide-y divide-hairline">
          {entries.map((entry) => (
            <li key={entry.id} className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 py-2.5">
              <div className="min-w-0 grow basis-64">
                <p className="break-words">{entry.summary}</p>
                <Changes changes={entry.changes} />
              </div>
              <p className="text-table text-muted sm:text-end">
                <TimeText at={entry.occurredAt} mode="absolute" />
                <TimeText
                  at={entry.occurredAt}
                  mode="relative"
                  className="ms-2 text-caption text-subtle sm:ms-0 sm:block"
                />
              </p>
            </li>
          ))}
        </ol>
      )}
      {activity.hasNextPage && (
        <div className="flex justify-center border-t border-hairline py-2">
          <Button
            size="sm"
            busy={activity.isFetchingNextPage}
            onClick={() => void activity.fetchNextPage()}
          >
            {profileText.older}
          </Button>
        </div>
      )}
    </Card>
  );
}
