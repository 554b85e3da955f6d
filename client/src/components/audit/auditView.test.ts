import { describe, expect, it } from "vitest";
import {
  type AuditView,
  actionsOf,
  auditParams,
  bySystem,
  csvPath,
  filterOf,
  hasFilter,
  targetOf,
  toThemselves,
  variablesOf,
} from "@/components/audit/auditView";

const NOW = Date.parse("2026-11-22T12:00:00.000Z");

function viewOf(query: string): AuditView {
  const search = new URLSearchParams(query);
  const read = Object.entries(auditParams).map(([name, param]) => [
    name,
    param.read(search.get(name)),
  ]);
  return Object.fromEntries(read) as AuditView;
}

describe("the audit page's address", () => {
  it("asks for everything when it says nothing, or nonsense", () => {
    expect(filterOf(viewOf("severity=LOUD&range=9y&from=soon"), NOW)).toEqual({});
    expect(hasFilter(viewOf("event=a_1&after=x"))).toBe(false);
  });

  it("holds every filter", () => {
    const what = "q=ana&actor=u_1&action=user.*,auth.login&target=user:u_2";
    const view = viewOf(`${what}&severity=ERROR&outcome=REFUSED`);
    expect(filterOf(view, NOW)).toEqual({
      search: "ana",
      actorIds: ["u_1"],
      actions: ["user.*", "auth.login"],
      targetType: "user",
      targetId: "u_2",
      severity: "ERROR",
      outcome: "REFUSED",
    });
  });

  it("keeps a relative range relative, whatever else it says", () => {
    const { from, to } = filterOf(viewOf("range=1h&to=2020-01-01T00:00:00Z"), NOW);
    expect([from, to]).toEqual(["2026-11-22T11:00:00.000Z", undefined]);
  });

  it("walks by cursor in both directions", () => {
    expect(variablesOf(viewOf("after=c"), NOW)).toMatchObject({ first: 50, after: "c" });
    expect(variablesOf(viewOf("before=c"), NOW)).toMatchObject({ last: 50, before: "c" });
  });

  it("exports by the same filter and never by the page", () => {
    expect(csvPath(viewOf(""), NOW)).toBe("/api/v1/dashboard/activity.csv");
    const path = csvPath(viewOf("q=a%26b&action=user.*&target=user:u_2&range=24h&after=c"), NOW);
    expect(Object.fromEntries(new URL(path, "http://x").searchParams)).toEqual({
      action: "user.*",
      target_type: "user",
      target_id: "u_2",
      from: "2026-11-21T12:00:00.000Z",
      search: "a&b",
    });
  });
});

describe("what is typed", () => {
  it.each([
    ["user.*, auth.login", ["user.*", "auth.login"]],
    ["user.* user.*", ["user.*"]],
    ["", []],
    ["User", undefined],
    ["user.", undefined],
    ["*", undefined],
  ])("%j names the actions %j", (text, actions) => {
    expect(actionsOf(text)).toEqual(actions);
  });

  it.each([
    ["user", { targetType: "user" }],
    ["report:q2:b", { targetType: "report", targetId: "q2:b" }],
    ["User:1", undefined],
    [":x", undefined],
  ])("%j names the target %j", (text, target) => {
    expect(targetOf(text)).toEqual(target);
  });
});

describe("who did it", () => {
  const ana = { id: "u_ana", name: "Ana Silva", avatarUrl: null };

  it("is the service itself, and neither a key nor somebody whose account is gone", () => {
    expect(bySystem({ actor: null, actorLabel: "system" })).toBe(true);
    expect(bySystem({ actor: null, actorLabel: "Bo Lind" })).toBe(false);
    expect(bySystem({ actor: ana, actorLabel: "System" })).toBe(false);
  });

  it("is the one it was done to, when both are the same account", () => {
    const own = { actor: ana, targetType: "user", targetId: "u_ana" };
    expect(toThemselves(own)).toBe(true);
    expect(toThemselves({ ...own, targetId: "u_bo" })).toBe(false);
    expect(toThemselves({ ...own, targetType: "session" })).toBe(false);
    expect(toThemselves({ ...own, actor: null })).toBe(false);
  });
});
