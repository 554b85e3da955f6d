import { useCallback } from "react";
import { messageOf } from "@/api/errors";
import type { UserFieldsFragment } from "@/api/gql/graphql";
import { toast } from "@/components/common/toast";
import { useUpdateUser } from "@/hooks/useUserChanges";
import { actionText } from "@/messages/users";

/** Lets somebody in again: harmless, so it asks nothing. */
export function useEnable(): (user: UserFieldsFragment) => void {
  const { mutate } = useUpdateUser();
  return useCallback(
    (user) =>
      mutate(
        { id: user.id, input: { status: "ACTIVE" } },
        {
          onSuccess: () => toast.success(actionText.enabled(user.name)),
          onError: (error) => toast.error(messageOf(error)),
        },
      ),
    [mutate],
  );
}
