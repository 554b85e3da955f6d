/** The documented envelope of `/api/v1`. */

import { bodyOf, headOf, notOurs } from "@/api/answer";
import { ApiError } from "@/api/errors";

interface Enveloped<T> {
  success?: boolean;
  data?: T;
  error?: { code: string; message: string; details?: unknown };
}

/** `data` of the envelope; throws the `ApiError` it carries. */
export async function opened<T>(response: Response): Promise<T> {
  const body = (await bodyOf(response)) as Enveloped<T> | null;
  if (body?.error) throw new ApiError({ ...headOf(response), ...body.error });
  if (!body?.success) throw notOurs(response);
  return body.data as T;
}
