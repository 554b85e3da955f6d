export type { ApiKeyFieldsFragment as ApiKey } from "@/api/gql/graphql";
