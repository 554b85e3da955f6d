// The users list as its address says it: filters, order and page live nowhere else.

import type { UserFilter, UserOrder, UsersPageQueryVariables } from "@/api/gql/graphql";
import {
  choiceParam,
  numberParam,
  optionalParam,
  type Param,
  textParam,
} from "@/hooks/useUrlState";

export const PAGE_SIZES = [25, 50, 100] as const;
export const SEARCH_MAX = 64;

// The words of REST's `sort`, so that the address of the page reads like that of the export.
const ORDERS = {
  "-created_at": "CREATED_AT_DESC",
  created_at: "CREATED_AT_ASC",
  name: "NAME_ASC",
  "-name": "NAME_DESC",
} as const satisfies Record<string, UserOrder>;
export type Sort = keyof typeof ORDERS;
const SORTS = Object.keys(ORDERS) as Sort[];

/** For `useUrlState`; what an address says wrongly counts as not said. */
export const listParams = {
  search: textParam(),
  role: optionalParam(["ADMIN", "MEMBER"] as const),
  status: optionalParam(["ACTIVE", "DISABLED"] as const),
  presence: optionalParam(["ONLINE", "OFFLINE"] as const),
  sort: choiceParam(SORTS, "-created_at"),
  size: numberParam(PAGE_SIZES[0], PAGE_SIZES),
  after: optionalParam<string>(),
  before: optionalParam<string>(),
};

export type UserListState = {
  [K in keyof typeof listParams]: (typeof listParams)[K] extends Param<infer T> ? T : never;
};

/** A cursor belongs to one filter, order and size: after any other change it is the first page. */
export const FIRST_PAGE = { after: null, before: null } as const;
export const NO_FILTER = { search: "", role: null, status: null, presence: null } as const;

export function variablesOf(state: UserListState): UsersPageQueryVariables {
  const { size, after, before } = state;
  const page = before === null || after !== null ? { first: size, after } : { last: size, before };
  return { ...page, filter: filterOf(state), orderBy: ORDERS[state.sort] };
}

export function hasFilter(state: UserListState): boolean {
  return Object.keys(filterOf(state)).length > 0;
}

/** Where the server writes the whole filtered list; it cannot filter by presence. */
export function csvPath(state: UserListState): string {
  const { role, status, search } = filterOf(state);
  const asked = new URLSearchParams({ sort: state.sort });
  if (search) asked.set("search", search);
  if (role) asked.set("role", role);
  if (status) asked.set("status", status);
  return `/api/v1/users.csv?${asked}`;
}

export type SortColumn = "name" | "created_at";

export function directionOf(sort: Sort, column: SortColumn): "ascending" | "descending" | null {
  if (sort.replace("-", "") !== column) return null;
  return sort.startsWith("-") ? "descending" : "ascending";
}

/** What a press on a header asks for: names from A first, moments newest first, then turned round. */
export function nextSort(sort: Sort, column: SortColumn): Sort {
  const [first, second]: [Sort, Sort] =
    column === "name" ? ["name", "-name"] : ["-created_at", "created_at"];
  return sort === first ? second : first;
}

function filterOf(state: UserListState): UserFilter {
  const search = state.search.trim().slice(0, SEARCH_MAX);
  return {
    ...(search && { search }),
    ...(state.role && { role: state.role }),
    ...(state.status && { status: state.status }),
    ...(state.presence && { presence: state.presence }),
  };
}
