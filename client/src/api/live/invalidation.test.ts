import { expect, test } from "vitest";
import { keysOf } from "@/api/live/invalidation";
import type { Activity } from "@/types/api";

function entry(action: string, actorId: string, target: [string, string] | null = null): Activity {
  return {
    ...{ id: "a_1", action, actor: { id: actorId, name: "", avatarUrl: null }, actorLabel: "" },
    ...{ targetType: target?.[0] ?? null, targetId: target?.[1] ?? null, targetLabel: null },
    ...{ summary: "", severity: "INFO", occurredAt: "2026-01-01T00:00:00.000Z", cursor: "c" },
  };
}

test.each([
  ["a changed account", entry("user.updated", "u_1", ["user", "u_2"]), "users user/u_1 user/u_2"],
  ["my own account", entry("user.updated", "me", ["user", "me"]), "users user/me user/me me"],
  ["my sign-in elsewhere", entry("auth.login", "me"), "user/me sessions"],
  ["somebody's sign-in", entry("auth.login", "u_1"), "user/u_1"],
  ["a revoked session of mine", entry("session.revoked", "me"), "user/me sessions"],
  ["a new key", entry("api_key.created", "u_1"), "apiKeys"],
  ["what is no list of ours", entry("report.exported", "u_1"), ""],
])("%s makes the right lists old", (_, activity, keys) => {
  expect(
    keysOf(activity, "me")
      .map((key) => key.join("/"))
      .join(" "),
  ).toBe(keys);
});
