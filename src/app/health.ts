import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useApi } from '../queries/api-context.ts';
import { type ClusterHealth, clusterHealth } from '../domain/cluster-health.ts';
import { buildVersionQuery, gatewayInfoQuery, topologyQuery } from '../queries/server.ts';
import { isServerAway, needsSecondFactor, needsSignIn } from './failure.ts';

export interface Health {
  state: 'checking' | 'ok' | 'owesSecondFactor' | 'away' | 'signedOut';
  /** Why it isn't `ok`. */
  error: unknown;
  /** What is known of its cluster; undefined before the first answer. */
  cluster: ClusterHealth | undefined;
  /** Such as `7.2.7`; stays known while the server is away. */
  version: string | undefined;
  check: () => void;
}

const calmInterval = 20_000;
const awayInterval = 2_000;
/** Between two looks at a cluster of several nodes. */
const clusterInterval = 5_000;

/** Watches a cluster of several nodes; a single node isn't asked twice. */
function useCluster(asks: boolean): ClusterHealth | undefined {
  const api = useApi();
  const { data: topology } = useQuery({
    ...topologyQuery(api),
    enabled: asks,
    refetchInterval: ({ state: { data } }) => ((data?.nodes.length ?? 0) > 1 ? clusterInterval : false),
  });
  const several = (topology?.nodes.length ?? 0) > 1;
  const { data: gateway } = useQuery({
    ...gatewayInfoQuery(api),
    enabled: asks,
    refetchInterval: several ? clusterInterval : false,
  });
  return useMemo(
    () => (topology === undefined ? undefined : clusterHealth(topology, gateway?.awayUrls ?? [])),
    [topology, gateway],
  );
}

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
  const [known, setKnown] = useState<{ state: Health['state']; error: unknown }>({ state: 'checking', error: null });
  // A query that never succeeded forgets its error while it asks again; what it said last holds until it says something else.
  const settled = error !== null || data !== undefined;
  const state = settled ? stateOf(error) : known.state;
  if (settled && (state !== known.state || error !== known.error)) setKnown({ state, error });
  const before = useRef(state);
  useEffect(() => {
    const recovered = state === 'ok' && before.current !== 'ok' && before.current !== 'checking';
    before.current = state;
    if (recovered) void client.invalidateQueries();
  }, [state, client]);
  const cluster = useCluster(state === 'ok');
  return { state, error: error ?? known.error, cluster, version: data?.productVersion, check: () => void refetch() };
}

function stateOf(error: unknown): Health['state'] {
  if (isServerAway(error)) return 'away';
  if (needsSignIn(error)) return 'signedOut';
  return needsSecondFactor(error) ? 'owesSecondFactor' : 'ok';
}
