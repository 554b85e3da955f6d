/** What runs as long as the page does, whatever it shows. */

import type { QueryClient } from "@tanstack/react-query";
import { keepListsLive } from "@/api/live/invalidation";
import { restartTopics } from "@/api/live/topic";
import { useAuth } from "@/store/auth";

/** Lists stay live, and one person's data does not outlive their session here. */
export function startLive(client: QueryClient): () => void {
  let shownTo = useAuth.getState().user?.id;
  let wasSignedIn = useAuth.getState().status === "signedIn";
  let stopLists = wasSignedIn ? live() : () => {};
  const stopFollowing = useAuth.subscribe(({ user, status }) => {
    const isSignedIn = status === "signedIn";
    if (user?.id !== shownTo) {
      shownTo = user?.id;
      forget(client, shownTo);
    } else if (isSignedIn && !wasSignedIn) {
      void client.invalidateQueries();
    }
    if (isSignedIn !== wasSignedIn) {
      stopLists();
      stopLists = isSignedIn ? live() : () => {};
    }
    wasSignedIn = isSignedIn;
  });
  return () => {
    stopFollowing();
    stopLists();
  };

  function live(): () => void {
    return keepListsLive(client, () => useAuth.getState().user?.id);
  }
}

/** What one person loaded is not for the next; pages that stay open ask for their own. */
function forget(client: QueryClient, next: string | undefined): void {
  restartTopics();
  client.removeQueries({ type: "inactive" });
  if (next === undefined) client.clear();
  else void client.resetQueries();
}
