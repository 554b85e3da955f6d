// Apollo Client, put together as docs/graphql.md says.
import { gql } from '@apollo/client';
import { apolloClient } from './apollo_client.mjs';
import { live, session } from './signed_in.mjs';
import { obey, reason, settings, tell } from './talk.mjs';

const client = apolloClient(settings.url, session, live);

obey({
  async query({ id, query }) {
    tell('answer', { id, ...(await client.query({ query: gql(query) })) });
  },
  async mutate({ id, query, variables }) {
    tell('answer', { id, ...(await client.mutate({ mutation: gql(query), variables })) });
  },
  subscribe({ id, query, variables }) {
    client.subscribe({ query: gql(query), variables }).subscribe({
      next: (result) => tell('next', { id, ...result }),
      error: (error) => tell('error', { id, ...reason(error) }),
      complete: () => tell('complete', { id }),
    });
  },
});
tell('started');
