import { createClient } from 'graphql-ws';

/** graphql-ws that comes back with a good token and goes on behind the last event. */
export function liveClient(url, session, more = {}) {
  let isRefused = false;
  const client = createClient({
    url: async () => {
      // Before the socket opens, as it is to say who it is within 3 s. Should it fail,
      // the next try is refused again, and comes back here.
      if (isRefused) await session.renew().catch(() => {});
      return `${url.replace('http', 'ws')}/graphql`;
    },
    connectionParams: () => ({ Authorization: `Bearer ${session.token()}` }),
    on: {
      closed: ({ code }) => {
        isRefused = code === 4403;
      },
    },
    retryAttempts: Infinity,
    shouldRetry: () => true,
    ...more,
  });
  return { ...client, subscribe };

  function subscribe(payload, sink) {
    const variables = { ...payload.variables };
    const next = (result) => {
      const [item] = Object.values(result.data ?? {});
      // Of an event, or of a gap. It is sent along whenever this subscribes again.
      variables.after = item?.cursor ?? item?.to ?? variables.after;
      sink.next(result);
    };
    return client.subscribe({ ...payload, variables }, { ...sink, next });
  }
}
