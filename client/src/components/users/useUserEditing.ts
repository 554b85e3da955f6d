import { zodResolver } from "@hookform/resolvers/zod";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useForm } from "react-hook-form";
import { ApiError } from "@/api/errors";
import type { UserFieldsFragment } from "@/api/gql/graphql";
import { useUpdateUser } from "@/hooks/useUserChanges";
import { useConflictCheck } from "@/hooks/useUsers";
import {
  changedFields,
  editSchema,
  type UserFormValues,
  updateInput,
  valuesOf,
} from "./accountForm";
import { type Conflict, conflictOf } from "./conflict";
import { showErrors } from "./formErrors";

/**
 * An account in a form: what it was filled from, what somebody else made of it since, and
 * the ways on from there. `user` is the account as it is known now; `own` that of the writer.
 */
export function useUserEditing(user: UserFieldsFragment, own: boolean, onSaved: () => void) {
  const [base, setBase] = useState(user);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const schema = useMemo(() => editSchema(own ? base.email : null), [own, base.email]);
  const form = useForm<UserFormValues>({
    resolver: zodResolver(schema),
    defaultValues: valuesOf(base),
    mode: "onTouched",
  });
  const update = useUpdateUser();
  const check = useConflictCheck();
  const changed = changedFields(valuesOf(base), form.watch());
  const dirty = changed.length > 0;

  const refill = useCallback(
    (current: UserFieldsFragment) => {
      setBase(current);
      setConflict(null);
      form.reset(valuesOf(current));
    },
    [form],
  );

  const lookAgain = useCallback(async () => {
    const found = conflictOf(base, await check(base.id));
    if (found && found.current.version > base.version) setConflict(found);
  }, [base, check]);

  // Told while the form stands open: nothing typed is lost, nothing untouched gets old.
  useEffect(() => {
    if (update.isPending || user.version <= (conflict?.current ?? base).version) return;
    if (dirty) void lookAgain().catch(() => {});
    else refill(user);
  }, [user, base, conflict, dirty, update.isPending, lookAgain, refill]);

  async function save(values: UserFormValues, expectedVersion: number) {
    const input = updateInput(valuesOf(base), values);
    try {
      await update.mutateAsync({ id: base.id, input, expectedVersion });
      onSaved();
    } catch (error) {
      if (isStale(error)) await lookAgain().catch((failure) => showErrors(form, failure));
      else showErrors(form, error);
    }
  }

  const submit = (version: number) => form.handleSubmit((values) => save(values, version));
  return {
    form,
    dirty,
    conflict,
    busy: update.isPending,
    submit: submit(base.version),
    overwrite: submit(conflict?.current.version ?? base.version),
    reload: () => conflict && refill(conflict.current),
    asksPassword: own && changed.includes("email"),
  };
}

function isStale(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    error.code === "CONFLICT" &&
    error.problems.some((problem) => problem.field === "expectedVersion")
  );
}
