// urql, put together as docs/graphql.md says.
import { live, session } from './signed_in.mjs';
import { obey, settings, tell } from './talk.mjs';
import { urqlClient } from './urql_client.mjs';

const client = urqlClient(settings.url, session, live);
const answered = (id, { data, error }) => tell('answer', { id, data, error: error?.message });

obey({
  query: async ({ id, query }) => answered(id, await client.query(query, {})),
  mutate: async ({ id, query, variables }) => answered(id, await client.mutation(query, variables)),
  subscribe: ({ id, query, variables }) =>
    client
      .subscription(query, variables)
      .subscribe(({ data, error }) => tell('next', { id, data, error: error?.message })),
});
tell('started');
