import { Client, cacheExchange, fetchExchange, subscriptionExchange } from '@urql/core';
import { authExchange } from '@urql/exchange-auth';

export function urqlClient(url, session, live) {
  const signed = authExchange(async ({ appendHeaders }) => ({
    addAuthToOperation: (operation) =>
      appendHeaders(operation, { Authorization: `Bearer ${session.token()}` }),
    didAuthError: ({ graphQLErrors }) =>
      graphQLErrors.some((one) => one.extensions?.code === 'TOKEN_EXPIRED'),
    refreshAuth: () => session.renew(),
  }));
  const told = subscriptionExchange({
    forwardSubscription: ({ query = '', variables }) => ({
      subscribe: (sink) => ({ unsubscribe: live.subscribe({ query, variables }, sink) }),
    }),
  });
  return new Client({
    url: `${url}/graphql`,
    exchanges: [cacheExchange, signed, fetchExchange, told],
  });
}
