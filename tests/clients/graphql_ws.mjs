// graphql-ws as it is used: lazy, retrying, asking for the token at each connection.
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { obey, reason, settings, tell } from './talk.mjs';

let token = settings.token;
const client = createClient({
  url: settings.url,
  webSocketImpl: WebSocket,
  connectionParams: () => ({ Authorization: `Bearer ${token}` }),
  retryAttempts: Infinity,
  // In browsers a refused connection is a close event, as all others are.
  shouldRetry: () => true,
  retryWait: () => new Promise((resolve) => setTimeout(resolve, 100)),
  on: {
    connected: (_socket, _payload, wasRetry) => tell('connected', { again: wasRetry }),
    closed: (event) => tell('closed', { code: event.code, reason: event.reason }),
  },
});
const endings = new Map();

obey({
  subscribe({ id, query, variables }) {
    endings.set(
      id,
      client.subscribe(
        { query, variables },
        {
          next: (result) => tell('next', { id, ...result }),
          error: (error) => tell('error', { id, ...reason(error) }),
          complete: () => tell('complete', { id }),
        },
      ),
    );
  },
  unsubscribe: ({ id }) => endings.get(id)(),
  token: (given) => {
    token = given.token;
  },
});
tell('started');
