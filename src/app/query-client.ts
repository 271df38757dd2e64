import { QueryClient, type QueryKey } from '@tanstack/react-query';
import { RavenError } from '../api/errors.ts';
import { certificatesKey, serverKey } from '../queries/certificates.ts';
import { type ConsoleEvent, eventOf } from './console-event.ts';
import { isServerAway } from './failure.ts';

/** What the shell wants to know of every failed query. */
export type OnFailure = (error: RavenError, queryKey: readonly unknown[]) => void;

const isOurs = (key: QueryKey | undefined): boolean => key?.[0] === certificatesKey[0] || key?.[0] === serverKey[0];

/** How our queries behave, in a cache of our own as in a host's: by their keys, so that nothing of the host's changes. */
export function prepareQueryClient(client: QueryClient = new QueryClient()): QueryClient {
  for (const key of [certificatesKey, serverKey])
    client.setQueryDefaults(key, {
      // The gateway is on this machine: the browser's idea of being online says nothing about it.
      networkMode: 'always',
      // A server that is away is asked by the shell until it is back (health.ts); here one more try is enough.
      retry: (count, error) => count < 1 && isServerAway(error),
      retryDelay: 500,
    });
  client.setMutationDefaults(certificatesKey, { networkMode: 'always', retry: false });
  return client;
}

/**
 * Looks after the cache of a console while it stands. A mutation that says it is about certificates makes every certificate query stale,
 * here and nowhere else; opening or ending a two-factor session changes what all queries answer. Errors reach `onFailure`, so that a
 * missing sign-in or second factor is handled in one place.
 * @returns what ends it
 */
export function watchQueryClient(
  client: QueryClient,
  { onFailure, onEvent }: { onFailure: OnFailure; onEvent: (event: ConsoleEvent) => void },
): () => void {
  const ends = [
    client.getQueryCache().subscribe((event) => {
      const key = event.query.queryKey as QueryKey;
      if (event.type !== 'updated' || event.action.type !== 'error' || !isOurs(key)) return;
      if (event.action.error instanceof RavenError) onFailure(event.action.error, key);
    }),
    client.getMutationCache().subscribe((event) => {
      if (event.type !== 'updated' || !isOurs(event.mutation.options.mutationKey)) return;
      if (event.action.type === 'error' && event.action.error instanceof RavenError) onFailure(event.action.error, []);
      if (event.action.type !== 'success') return;
      const key = event.mutation.options.mutationKey ?? [];
      const all = key[1] === 'two-factor-session';
      // Not awaited: whoever changed something goes on at once, the list follows.
      void client.invalidateQueries(
        all ? { predicate: ({ queryKey }) => isOurs(queryKey) } : { queryKey: certificatesKey },
      );
      const done = eventOf(event.mutation);
      if (done !== undefined) onEvent(done);
    }),
  ];
  return () => ends.forEach((end) => end());
}

/** Nothing of ours goes on after the console has gone: requests end; a cache of our own is emptied, a host's keeps what it has. */
export async function leaveQueryClient(client: QueryClient, shared: boolean): Promise<void> {
  await client.cancelQueries({ predicate: ({ queryKey }) => isOurs(queryKey) });
  // Not before: a query that is cancelled sets a timer of minutes once it has ended, which would keep the whole console for as long.
  if (!shared) client.clear();
}
