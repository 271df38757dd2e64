import { hashKey, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { Router } from 'wouter';
import type { RavenApi } from '../api/client.ts';
import { ApiContext } from '../queries/api-context.ts';
import { certificatesQuery } from '../queries/certificates.ts';
import { buildVersionQuery } from '../queries/server.ts';
import { isServerAway, needsSecondFactor, needsSignIn } from './failure.ts';
import { createQueryClient } from './query-client.ts';
import { Shell } from './shell.tsx';

/**
 * The console: give it an API and, when it doesn't live at `/`, the path before its own (`/studio`, no slash at the end).
 * Several may stand on one page; each has its own cache.
 */
export function App({
  api,
  base = '',
  onTitle = () => undefined,
}: {
  api: RavenApi;
  base?: string;
  onTitle?: (title: string) => void;
}) {
  const [client] = useState(() => {
    const { queryKey: healthKey } = buildVersionQuery(api);
    const queries = createQueryClient((error, queryKey) => {
      // The shell's watch says what it means for everything; here it is only told to look now.
      if (hashKey(queryKey) === hashKey(healthKey)) return;
      if (isServerAway(error) || needsSignIn(error) || needsSecondFactor(error))
        void queries.invalidateQueries({ queryKey: healthKey });
    });
    if (location.pathname === `${base}/`) {
      // Asked before anything is drawn: the first rows wait for nothing else.
      queries.query(certificatesQuery(api)).catch(() => undefined);
    }
    return queries;
  });
  return (
    <ApiContext value={api}>
      <QueryClientProvider client={client}>
        <Router base={base}>
          <Shell onTitle={onTitle} />
        </Router>
      </QueryClientProvider>
    </ApiContext>
  );
}
