import {
  type QueryKey,
  type UseMutationOptions,
  type UseMutationResult,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { execute } from "@/api/execute";
import type { TypedDocumentString } from "@/api/gql/graphql";

type Options<R, V, C> = Omit<UseMutationOptions<R, Error, V, C>, "mutationFn"> & {
  /** Keys whose lists are no longer true afterwards. */
  invalidates?: readonly QueryKey[];
};

/** A GraphQL mutation; what it `invalidates` is asked for again once it succeeded. */
export function useApiMutation<R, V, C = unknown>(
  document: TypedDocumentString<R, V>,
  { invalidates = [], onSuccess, ...options }: Options<R, V, C> = {},
): UseMutationResult<R, Error, V, C> {
  const client = useQueryClient();
  return useMutation<R, Error, V, C>({
    ...options,
    mutationFn: (variables) => execute(document, variables),
    onSuccess: async (...told) => {
      for (const queryKey of invalidates) void client.invalidateQueries({ queryKey });
      await onSuccess?.(...told);
    },
  });
}
