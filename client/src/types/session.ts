export type { SessionFieldsFragment as Session } from "@/api/gql/graphql";
