import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type AllowedActions, allowedActions } from '../../domain/allowed-actions.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { useApi } from '../../queries/api-context.ts';
import { whoAmIQuery } from '../../queries/certificates.ts';
import { useNeighbours } from '../../queries/use-neighbours.ts';

const who = 'Asking the server who you are.';
const nobody: AllowedActions = { edit: who, disable: who, delete: who, clone: who };

/** What may be done with the old one, and whose certificates have the same key. */
export function useRetire(old: CertificateEntry): { allowed: AllowedActions; siblings: readonly string[] } {
  const [now] = useState(Date.now);
  const { data: viewer } = useQuery(whoAmIQuery(useApi()));
  const { siblings, lastAdmin } = useNeighbours(old, true, now);
  return { allowed: viewer == null ? nobody : allowedActions(old, viewer, now, !lastAdmin), siblings };
}
