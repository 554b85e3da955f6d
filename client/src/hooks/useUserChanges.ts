// Making, changing and taking away accounts.

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import {
  CreateUserDocument,
  DeleteUserDocument,
  RevokeSessionDocument,
  SendNotificationDocument,
  UpdateUserDocument,
  type UserByIdQuery,
  type UserFieldsFragment,
} from "@/api/gql/graphql";
import { useApiMutation } from "@/hooks/useApiMutation";
import { useAuth } from "@/store/auth";

const LISTS = [["users"], ["stats"]];

export function useCreateUser() {
  return useApiMutation(CreateUserDocument, { invalidates: LISTS });
}

export function useUpdateUser() {
  const client = useQueryClient();
  return useApiMutation(UpdateUserDocument, {
    invalidates: LISTS,
    onSuccess: ({ updateUser }) => keepNewer(client, updateUser),
  });
}

export function useDeleteUser() {
  const client = useQueryClient();
  return useApiMutation(DeleteUserDocument, {
    invalidates: LISTS,
    onSuccess: ({ deleteUser }) => client.setQueryData(["user", deleteUser], { user: null }),
  });
}

export function useSendNotification() {
  return useApiMutation(SendNotificationDocument, { invalidates: [["notifications"]] });
}

/** Signs a device of `userId` out. */
export function useRevokeSessionOf(userId: string) {
  return useApiMutation(RevokeSessionDocument, { invalidates: [["user", userId], ["sessions"]] });
}

/** Puts a changed account where it is shown, unless something newer is there already. */
function keepNewer(client: QueryClient, user: UserFieldsFragment): void {
  const key = ["user", user.id];
  client.setQueryData<UserByIdQuery>(key, (held) =>
    held?.user && held.user.version > user.version ? held : { user },
  );
  void client.invalidateQueries({ queryKey: [...key, "activity"] });
  const { user: me, setUser } = useAuth.getState();
  if (me?.id !== user.id) return;
  const { id, email, name, avatarUrl, role, status, version } = user;
  setUser({ ...me, id, email, name, avatarUrl, role, status, version });
}
