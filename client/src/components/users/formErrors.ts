import type { FieldValues, Path, UseFormReturn } from "react-hook-form";
import { ApiError, fieldErrors, messageOf } from "@/api/errors";
import { formText } from "@/messages/users";

/** Says what the server refused: at the fields it names, and for the rest above the form (`root`). */
export function showErrors<V extends FieldValues>(form: UseFormReturn<V>, error: unknown): void {
  const known = Object.entries(reasonsOf(error)).filter(([field]) => field in form.getValues());
  for (const [index, [field, message]] of known.entries()) {
    form.setError(field as Path<V>, { type: "server", message }, { shouldFocus: index === 0 });
  }
  if (known.length === 0) form.setError("root", { type: "server", message: messageOf(error) });
}

function reasonsOf(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  if (error.code === "INVALID_CREDENTIALS") {
    return { currentPassword: formText.problems.currentPasswordWrong };
  }
  const reasons = fieldErrors(error);
  if (error.code === "CONFLICT" && reasons.email) {
    return { email: formText.problems.emailTaken };
  }
  return Object.fromEntries(
    Object.entries(reasons).map(([field, reason]) => [field, sentence(reason)]),
  );
}

/** The server's reasons are clauses: "must not be empty". */
function sentence(reason: string): string {
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}
