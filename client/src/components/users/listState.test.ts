import { describe, expect, it } from "vitest";
import {
  csvPath,
  directionOf,
  hasFilter,
  nextSort,
  type UserListState,
  variablesOf,
} from "./listState";

const PLAIN: UserListState = {
  search: "",
  role: null,
  status: null,
  presence: null,
  sort: "-created_at",
  size: 25,
  after: null,
  before: null,
};

describe("what the users list asks the server for", () => {
  it("is the newest accounts when nothing is said", () => {
    expect(variablesOf(PLAIN)).toEqual({
      first: 25,
      after: null,
      filter: {},
      orderBy: "CREATED_AT_DESC",
    });
  });

  it("walks back from a cursor", () => {
    expect(variablesOf({ ...PLAIN, before: "abc", size: 50 })).toEqual({
      last: 50,
      before: "abc",
      filter: {},
      orderBy: "CREATED_AT_DESC",
    });
  });

  it("holds all filters together", () => {
    const state: UserListState = {
      ...PLAIN,
      search: " ana l ",
      role: "ADMIN",
      status: "ACTIVE",
      presence: "ONLINE",
    };
    expect(variablesOf(state).filter).toEqual({
      search: "ana l",
      role: "ADMIN",
      status: "ACTIVE",
      presence: "ONLINE",
    });
  });

  it("takes a blank search for none", () => {
    expect(hasFilter({ ...PLAIN, search: "  " })).toBe(false);
    expect(hasFilter({ ...PLAIN, status: "ACTIVE" })).toBe(true);
  });

  it("is the same list for the export, all of its pages", () => {
    const state: UserListState = { ...PLAIN, search: "ana l", role: "ADMIN", after: "abc" };
    expect(csvPath({ ...state, sort: "name" })).toBe(
      "/api/v1/users.csv?sort=name&search=ana+l&role=ADMIN",
    );
  });
});

describe("sorting", () => {
  it("turns round on the second press and starts anew on another column", () => {
    expect(nextSort("-created_at", "name")).toBe("name");
    expect(nextSort("name", "name")).toBe("-name");
    expect(nextSort("-name", "created_at")).toBe("-created_at");
  });

  it("tells only the sorted column's direction", () => {
    expect(directionOf("-name", "name")).toBe("descending");
    expect(directionOf("-name", "created_at")).toBeNull();
  });
});
