// @vitest-environment node
import { expect, test } from "vitest";
import { ApiError, fieldErrors, messageOf } from "@/api/errors";

const invalid = new ApiError({
  code: "VALIDATION_ERROR",
  message: "Check the input",
  details: {
    errors: [
      { field: "input.avatarUrl", reason: "must be https" },
      { field: "input.avatarUrl", reason: "is too long" },
      { field: "current_password", reason: "is required" },
    ],
  },
});

test("field errors are named as the form names them, the first of each field", () => {
  expect(fieldErrors(invalid)).toEqual({
    avatarUrl: "must be https",
    currentPassword: "is required",
  });
});

test("what is no answer of the server has no field errors", () => {
  expect(fieldErrors(new Error("boom"))).toEqual({});
});

test.each([
  [new ApiError({ code: "RATE_LIMITED", message: "", retryAfterS: 5 }), /5 s/],
  [new ApiError({ code: "CONFLICT", message: "E-mail is taken" }), /^E-mail is taken$/],
  [new ApiError({ code: "NETWORK", message: "No answer" }), /cannot be reached/],
  [new TypeError("x is undefined"), /^Something went wrong/],
])("%s reads as words for people", (error, words) => {
  expect(messageOf(error)).toMatch(words);
});
