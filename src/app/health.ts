import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useApi } from '../queries/api-context.ts';
import { buildVersionQuery } from '../queries/server.ts';
import { isServerAway, needsSignIn } from './failure.ts';

export interface Health {
  state: 'checking' | 'ok' | 'away' | 'signedOut';
  error: unknown;
  /** Such as `7.2.7`; stays known while the server is away. */
  version: string | undefined;
  check: () => void;
}

const calmInterval = 20_000;
const awayInterval = 2_000;

/** Watches whether the server answers: seldom while it does, often while it doesn't; when it is back, everything is asked anew. */
export function useHealth(): Health {
  const api = useApi();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({
    ...buildVersionQuery(api),
    retry: false,
    staleTime: 0,
    refetchInterval: (query) => (query.state.status === 'error' ? awayInterval : calmInterval),
  });
  const state = isServerAway(error) ? 'away' : needsSignIn(error) ? 'signedOut' : data || error ? 'ok' : 'checking';
  const before = useRef(state);
  useEffect(() => {
    const recovered = state === 'ok' && (before.current === 'away' || before.current === 'signedOut');
    before.current = state;
    if (recovered) void client.invalidateQueries();
  }, [state, client]);
  return { state, error, version: data?.productVersion, check: () => void refetch() };
}
