import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { RavenError } from '../api/errors.ts';
import { certificatesKey } from '../queries/certificates.ts';
import { isServerAway } from './failure.ts';

/** What the shell wants to know of every failed query. */
export type OnFailure = (error: RavenError, queryKey: readonly unknown[]) => void;

/**
 * The one client of a console. A mutation that says it is about certificates makes every certificate query stale, here and nowhere
 * else; opening or ending a two-factor session changes what all queries answer. Errors of queries reach `onFailure`, so that a missing sign-in or second factor is
 * handled in one place.
 */
export function createQueryClient(onFailure: OnFailure): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (error instanceof RavenError) onFailure(error, query.queryKey);
      },
    }),
    mutationCache: new MutationCache({
      onError: (error) => {
        if (error instanceof RavenError) onFailure(error, []);
      },
      onSuccess: (_data, _variables, _context, mutation) => {
        const key = mutation.options.mutationKey;
        if (key?.[0] !== certificatesKey[0]) return;
        // Not awaited: whoever changed something goes on at once, the list follows.
        void client.invalidateQueries(key[1] === 'two-factor-session' ? {} : { queryKey: certificatesKey });
      },
    }),
    defaultOptions: {
      queries: {
        // The gateway is on this machine: the browser's idea of being online says nothing about it.
        networkMode: 'always',
        // A server that is away is asked by the shell until it is back (server-watch.tsx); here one more try is enough.
        retry: (count, error) => count < 1 && isServerAway(error),
        retryDelay: 500,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  return client;
}
