import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { ErrorLink } from '@apollo/client/link/error';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { from, switchMap } from 'rxjs';

export function apolloClient(url, session, live) {
  const renewing = new ErrorLink(({ error, operation, forward }) => {
    const errors = CombinedGraphQLErrors.is(error) ? error.errors : [];
    if (errors.some((one) => one.extensions?.code === 'TOKEN_EXPIRED'))
      return from(session.renew()).pipe(switchMap(() => forward(operation)));
  });
  const signed = new SetContextLink(({ headers }) => ({
    headers: { ...headers, Authorization: `Bearer ${session.token()}` },
  }));
  const http = new HttpLink({ uri: `${url}/graphql` });
  return new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.split(
      ({ operationType }) => operationType === 'subscription',
      new GraphQLWsLink(live),
      ApolloLink.from([renewing, signed, http]),
    ),
  });
}
