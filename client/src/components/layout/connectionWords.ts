import type { Tone } from "@/components/common/Badge";
import { formatDuration } from "@/components/common/format";
import { shellText } from "@/messages/shell";
import type { ConnectionStatus } from "@/store/connection";

const words = shellText.connection;

export const connectionTone: Record<ConnectionStatus, Tone> = {
  live: "ok",
  connecting: "neutral",
  stale: "warn",
  reconnecting: "warn",
  offline: "neutral",
};

/** The state in a few words; ages in whole seconds. */
export function connectionWords(
  connection: { state: ConnectionStatus; heardAt: number; attempt: number },
  now: number,
): string {
  if (connection.state === "stale") return words.stale(ageOf(connection.heardAt, now));
  if (connection.state === "reconnecting")
    return words.reconnecting(Math.max(1, connection.attempt));
  return words[connection.state];
}

export function ageOf(heardAt: number, now: number): string {
  return formatDuration(Math.max(1000, Math.floor((now - heardAt) / 1000) * 1000));
}

/** When the next try is due, for beside "Reconnecting". */
export function nextTryWords(nextTryAt: number | null, now: number): string {
  if (nextTryAt === null || nextTryAt <= now) return words.trying;
  return words.nextTry(Math.ceil((nextTryAt - now) / 1000));
}
