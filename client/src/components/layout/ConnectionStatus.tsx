import { StatusDot } from "@/components/common/StatusDot";
import { Tooltip } from "@/components/common/Tooltip";
import { ageOf, connectionTone, connectionWords } from "@/components/layout/connectionWords";
import { useNow } from "@/hooks/useNow";
import { shellText } from "@/messages/shell";
import { useConnection } from "@/store/connection";

/** How live the page is, by the age of what was last heard. */
export function ConnectionStatus() {
  const { state, attempt, heardAt } = useConnection();
  const now = useNow();
  const words = connectionWords({ state, attempt, heardAt }, now);
  const detail =
    heardAt === 0
      ? shellText.connection.neverHeard
      : shellText.connection.heard(ageOf(heardAt, Math.max(now, heardAt)));
  return (
    <Tooltip label={detail}>
      <button
        type="button"
        aria-label={shellText.connection.label(words)}
        className="flex h-7 min-w-7 items-center justify-center rounded-full border border-hairline px-2.5 text-caption font-medium text-muted pointer-coarse:h-9 pointer-coarse:min-w-9"
      >
        <StatusDot
          tone={connectionTone[state]}
          label={words}
          // All is well: the word may go where there is no room. Anything else is told in words.
          className={state === "live" ? "max-sm:[&>span:last-child]:sr-only" : undefined}
        />
      </button>
    </Tooltip>
  );
}
