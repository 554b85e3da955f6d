// graphql-sse with a connection for each operation; it leaves ids to who uses it.
import { createClient } from 'graphql-sse';
import { obey, reason, settings, tell } from './talk.mjs';

let token = settings.token;
const places = new Map(); // where each operation has come to
const client = createClient({
  url: settings.url,
  headers: ({ variables }) => {
    const place = places.get(variables?.id);
    return {
      Authorization: `Bearer ${token}`,
      ...(place && { 'Last-Event-ID': place }),
    };
  },
  retryAttempts: Infinity,
  retry: () => new Promise((resolve) => setTimeout(resolve, 100)),
});

function remember(id, data) {
  const item = data && Object.values(data)[0];
  if (item?.cursor) places.set(id, item.cursor);
}

obey({
  subscribe({ id, query, variables }) {
    client.subscribe(
      { query, variables: { ...variables, id } },
      {
        next: (result) => {
          remember(id, result.data);
          tell('next', { id, ...result });
        },
        error: (error) => tell('error', { id, ...reason(error) }),
        complete: () => tell('complete', { id }),
      },
      { connected: (again) => tell('connected', { id, again }) },
    );
  },
});
tell('started');
