import { expect, it } from "vitest";
import { actionText } from "@/messages/users";
import { type Protected, protectionOf } from "./protection";

const ANA: Protected = { id: "u_ana", role: "ADMIN", status: "ACTIVE" };

it("keeps people from shutting themselves out", () => {
  expect(protectionOf(ANA, "u_ana", ["u_ana", "u_bo"])).toEqual({
    disable: actionText.ownDisable,
    remove: actionText.ownDelete,
    role: actionText.ownRole,
  });
});

it("keeps the last active administrator", () => {
  expect(protectionOf(ANA, "u_bo", ["u_ana"]).remove).toBe(actionText.lastAdmin);
  expect(protectionOf(ANA, "u_bo", ["u_ana", "u_cy"])).toEqual({});
});

it("leaves everybody else open, and what is not known yet to the server", () => {
  expect(protectionOf({ ...ANA, role: "MEMBER" }, "u_bo", ["u_bo"])).toEqual({});
  expect(protectionOf({ ...ANA, status: "DISABLED" }, "u_bo", ["u_bo"])).toEqual({});
  expect(protectionOf(ANA, "u_bo", undefined)).toEqual({});
});
