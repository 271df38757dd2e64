import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type ReplacementPhase, replacementPhase } from '../../domain/replacement-phase.ts';
import { useApi } from '../../queries/api-context.ts';
import { replacementQuery } from '../../queries/server-certificate.ts';
import { useServedChange } from './use-served-change.ts';

export interface Replacement {
  readonly phase: ReplacementPhase;
  /** Of the certificate that is pending or awaited. */
  readonly thumbprint: string | null;
  readonly immediately: boolean;
  /** Why the last look failed; null when it didn't. */
  readonly error: Error | null;
  /** False until the first look. */
  readonly known: boolean;
}

/** Follows a replacement: one that somebody began, or the one whose thumbprint is awaited. Only a cluster admin may ask. */
export function useReplacement(awaited: string | null, enabled = true): Replacement {
  const api = useApi();
  const { data, error } = useQuery({
    ...replacementQuery(api, awaited === null ? null : (served) => served === awaited),
    enabled,
  });
  const [quiet, setQuiet] = useState<{ awaited: string; since: number } | null>(null);
  const status = data?.status ?? null;
  useServedChange(data?.servedThumbprint ?? null);
  // State that follows from what came in is adjusted while drawing, not in an effect.
  if (quiet !== null && (status !== null || quiet.awaited !== awaited)) setQuiet(null);
  else if (quiet === null && data !== undefined && status === null && awaited !== null)
    setQuiet({ awaited, since: data.at });
  const phase: ReplacementPhase =
    data === undefined ? { phase: 'none' } : replacementPhase(data, awaited, quiet?.since ?? null);
  return {
    phase,
    thumbprint: status?.thumbprint ?? awaited,
    immediately: status?.immediately ?? false,
    error,
    known: data !== undefined,
  };
}
