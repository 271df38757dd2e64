import { useQuery } from '@tanstack/react-query';
import type { CertificateEntry } from '../domain/certificate-entry.ts';
import { certificateState } from '../domain/certificate-state.ts';
import { haveSameKey } from '../domain/version-one.ts';
import { useApi } from './api-context.ts';
import { certificatesQuery, type LoadedCertificates } from './certificates.ts';

export interface Neighbours {
  /** Whether no other cluster admin is in force; false until the whole list is known. */
  readonly lastAdmin: boolean;
  /** Names of other enabled certificates with the same key, known when this one is to be disabled. */
  readonly siblings: readonly string[];
}

const none: Neighbours = { lastAdmin: false, siblings: [] };

/**
 * What others in the list mean for a change of this entry. The list is loaded only for an admin's certificate or one about to be disabled.
 * @param now milliseconds UTC
 */
export function useNeighbours(entry: CertificateEntry, disables: boolean, now: number): Neighbours {
  const admin = entry.clearance === 'ClusterAdmin' && !entry.disabled;
  const { data } = useQuery({
    ...certificatesQuery(useApi()),
    enabled: admin || disables,
    select: (list) => look(list, entry, now),
  });
  return data === undefined
    ? none
    : { lastAdmin: admin && data.lastAdmin, siblings: disables ? data.siblings : none.siblings };
}

function look(
  { certificates, complete, loadedServerThumbprint }: LoadedCertificates,
  entry: CertificateEntry,
  now: number,
): Neighbours {
  const own = new Set(entry.thumbprints);
  const others = certificates.filter(({ thumbprint }) => !own.has(thumbprint) && thumbprint !== loadedServerThumbprint);
  const inForce = others.filter((other) => ['valid', 'expiring'].includes(certificateState(other, now, 0)));
  return {
    lastAdmin: complete && !inForce.some(({ clearance }) => clearance === 'ClusterAdmin'),
    siblings: inForce.filter((other) => haveSameKey(entry, other)).map(({ name }) => name),
  };
}
