import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "@/api/errors";
import { execute } from "@/api/execute";
import { UpdateUserDocument, type UpdateUserInput } from "@/api/gql/graphql";

// Few at a time: the rest of the page wants answers meanwhile, too.
const AT_ONCE = 4;
const TRIES = 4;

export interface BulkFailure {
  id: string;
  error: unknown;
}

/**
 * Changes many accounts alike. One that fails does not stop the others; when the server
 * asks to wait, it is waited for. `progress` is null while nothing is under way.
 */
export function useBulkUpdate() {
  const client = useQueryClient();
  const [progress, setProgress] = useState<{ done: number; of: number } | null>(null);

  async function run(ids: readonly string[], input: UpdateUserInput): Promise<BulkFailure[]> {
    const left = [...ids];
    const failed: BulkFailure[] = [];
    let done = 0;
    const work = async () => {
      for (let id = left.shift(); id !== undefined; id = left.shift()) {
        try {
          await patiently(() => execute(UpdateUserDocument, { id: id as string, input }));
        } catch (error) {
          failed.push({ id, error });
        }
        done += 1;
        setProgress({ done, of: ids.length });
      }
    };
    setProgress({ done, of: ids.length });
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    } finally {
      setProgress(null);
      for (const key of ["users", "user", "stats"]) {
        void client.invalidateQueries({ queryKey: [key] });
      }
    }
    return failed;
  }

  return { run, progress };
}

async function patiently<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      const limited = error instanceof ApiError && error.code === "RATE_LIMITED";
      if (!limited || tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, (error.retryAfterS ?? 1) * 1_000));
    }
  }
}
