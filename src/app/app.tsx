import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { Router } from 'wouter';
import type { RavenApi } from '../api/client.ts';
import { ApiContext } from '../queries/api-context.ts';
import { whoAmIQuery } from '../queries/certificates.ts';
import { needsSecondFactor } from './failure.ts';
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
    const queries = createQueryClient((error) => {
      // Who we are says whether the second factor is owed; view.tsx goes by it.
      if (needsSecondFactor(error)) void queries.invalidateQueries({ queryKey: whoAmIQuery(api).queryKey });
    });
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
