import { ApiKeysDocument, CreateApiKeyDocument, RevokeApiKeyDocument } from "@/api/gql/graphql";
import { useApiMutation } from "@/hooks/useApiMutation";
import { useApiQuery } from "@/hooks/useApiQuery";

const KEY = ["apiKeys"];

/** The keys of machines, newest first. For administrators. */
export function useApiKeys() {
  return useApiQuery(
    KEY,
    ApiKeysDocument,
    {},
    {
      select: ({ apiKeys }) =>
        [...apiKeys].sort((one, other) => other.createdAt.localeCompare(one.createdAt)),
    },
  );
}

export function useCreateApiKey() {
  return useApiMutation(CreateApiKeyDocument, { invalidates: [KEY] });
}

export function useRevokeApiKey() {
  return useApiMutation(RevokeApiKeyDocument, { invalidates: [KEY] });
}
