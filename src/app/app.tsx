import { hashKey, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { Router } from 'wouter';
import type { RavenApi } from '../api/client.ts';
import type { RavenError } from '../api/errors.ts';
import { setLocale } from '../domain/time-text.ts';
import { ApiContext } from '../queries/api-context.ts';
import { certificatesQuery } from '../queries/certificates.ts';
import { buildVersionQuery } from '../queries/server.ts';
import type { ConsoleEvent } from './console-event.ts';
import { isServerAway, needsSecondFactor, needsSignIn } from './failure.ts';
import { type Host, HostContext } from './host.ts';
import { prepareQueryClient, watchQueryClient } from './query-client.ts';
import { Shell } from './shell.tsx';

/** The console: give it an API and say what it stands in. Several may stand on one page; each has its own cache unless one is shared. */
export function App({ api, host }: { api: RavenApi; host: Host }) {
  // Before anything below is drawn: texts are made by plain functions.
  setLocale(host.locale);
  const [client] = useState(() => {
    const queries = prepareQueryClient(host.queryClient);
    // Asked before anything is drawn: the first rows wait for nothing else.
    if (/^\/(?:\?|$)/.test(host.place())) queries.query(certificatesQuery(api)).catch(() => undefined);
    return queries;
  });
  const onFailure = useEffectEvent((error: RavenError, queryKey: readonly unknown[]) => {
    const { queryKey: healthKey } = buildVersionQuery(api);
    // The shell's watch says what it means for everything; here it is only told to look now.
    if (hashKey(queryKey) === hashKey(healthKey)) return;
    if (isServerAway(error) || needsSignIn(error) || needsSecondFactor(error))
      void client.invalidateQueries({ queryKey: healthKey });
  });
  const onEvent = useEffectEvent((event: ConsoleEvent) => host.onEvent?.(event));
  useEffect(
    () =>
      watchQueryClient(client, {
        onFailure: (error, queryKey) => onFailure(error, queryKey),
        onEvent: (event) => onEvent(event),
      }),
    [client],
  );
  return (
    <HostContext value={host}>
      <ApiContext value={api}>
        <QueryClientProvider client={client}>
          <Router {...host.router}>
            <Shell />
          </Router>
        </QueryClientProvider>
      </ApiContext>
    </HostContext>
  );
}
