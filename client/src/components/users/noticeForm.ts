import * as z from "zod/mini";
import { notifyText } from "@/messages/users";

const { problems } = notifyText;

/** The rules of `domain/notifications.py`. */
export const noticeSchema = z.object({
  title: z
    .string()
    .check(
      z.trim(),
      z.minLength(1, { error: problems.titleEmpty }),
      z.maxLength(120, { error: problems.titleLong }),
    ),
  body: z.string().check(z.trim(), z.maxLength(2_000, { error: problems.bodyLong })),
  level: z.enum(["INFO", "NOTICE", "WARNING", "ERROR"]),
  link: z
    .string()
    .check(
      z.trim(),
      z.regex(/^$|^(https:\/\/[^\s"'<>\\/]|\/(?!\/))[^\s"'<>\\]*$/, { error: problems.linkWrong }),
    ),
});

export type NoticeValues = z.infer<typeof noticeSchema>;

export const BLANK_NOTICE: NoticeValues = { title: "", body: "", level: "INFO", link: "" };
