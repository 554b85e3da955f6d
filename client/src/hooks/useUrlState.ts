import { useCallback, useLayoutEffect, useMemo, useRef } from "react";
import { useSearchParams } from "react-router-dom";

/** How one search parameter is read and written; null leaves it out of the URL. */
export interface Param<T> {
  read(text: string | null): T;
  write(value: T): string | null;
}

type Values<S> = { [K in keyof S]: S[K] extends Param<infer T> ? T : never };

export type Patch<S> = (
  changes: { [K in keyof S]?: Values<S>[K] | undefined },
  how?: "push" | "replace" | "turn",
) => void;

export function textParam(fallback = ""): Param<string> {
  return {
    read: (text) => text ?? fallback,
    write: (value) => (value === fallback ? null : value),
  };
}

/** One of `choices`; anything else in the URL counts as the fallback. */
export function choiceParam<T extends string>(choices: readonly T[], fallback: T): Param<T> {
  return {
    read: (text) => choices.find((choice) => choice === text) ?? fallback,
    write: (value) => (value === fallback ? null : value),
  };
}

/** One of `choices`, or none. */
export function optionalParam<T extends string>(choices?: readonly T[]): Param<T | null> {
  return {
    read: (text) => {
      if (text === null || text === "") return null;
      if (!choices) return text as T;
      return choices.find((choice) => choice === text) ?? null;
    },
    write: (value) => value,
  };
}

export function numberParam(fallback: number, choices?: readonly number[]): Param<number> {
  return {
    read: (text) => {
      const value = text === null || text === "" ? Number.NaN : Number(text);
      if (!Number.isFinite(value) || (choices && !choices.includes(value))) return fallback;
      return value;
    },
    write: (value) => (value === fallback ? null : String(value)),
  };
}

export function flagParam(): Param<boolean> {
  return { read: (text) => text === "1", write: (value) => (value ? "1" : null) };
}

export function listParam(): Param<string[]> {
  return {
    read: (text) => text?.split(",").filter(Boolean) ?? [],
    write: (value) => (value.length === 0 ? null : value.join(",")),
  };
}

/**
 * The view's state in the URL: `[values, patch]`.
 *
 * `schema` is a constant outside the component. `patch` keeps what it does not name, and
 * other parameters; `replace` while typing, `push` (the default) for a step to go back by,
 * `turn` for such a step to another page of what is shown: a filter on its way goes before it,
 * as the cursor is none of its.
 */
export function useUrlState<S extends { [K in keyof S]: S[K] }>(schema: S): [Values<S>, Patch<S>] {
  const [search, setSearch] = useSearchParams();
  const values = useMemo(() => readAll(schema, search), [schema, search]);
  // The router tells of a change once it is drawn: a second one until then must not undo it.
  const pending = useRef<URLSearchParams | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn is what counts
  useLayoutEffect(() => {
    pending.current = null;
  }, [search]);
  const patch = useCallback<Patch<S>>(
    (changes, how = "push") => {
      const isLeaving = pending.current !== null && `${pending.current}` !== `${search}`;
      if (how === "turn" && isLeaving) return;
      setSearch(
        (shown) => {
          pending.current = written(schema, pending.current ?? shown, changes);
          return pending.current;
        },
        { replace: how === "replace" },
      );
    },
    [schema, search, setSearch],
  );
  return [values, patch];
}

function readAll<S extends object>(schema: S, search: URLSearchParams): Values<S> {
  const entries = Object.entries(schema) as [string, Param<unknown>][];
  return Object.fromEntries(
    entries.map(([name, param]) => [name, param.read(search.get(name))]),
  ) as Values<S>;
}

function written<S extends object>(
  schema: S,
  before: URLSearchParams,
  changes: object,
): URLSearchParams {
  const after = new URLSearchParams(before);
  for (const [name, value] of Object.entries(changes)) {
    const param = (schema as Record<string, Param<unknown>>)[name];
    const text = value === undefined ? null : (param?.write(value) ?? null);
    if (text === null) after.delete(name);
    else after.set(name, text);
  }
  return after;
}
