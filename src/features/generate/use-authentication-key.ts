import { useEffect, useState } from 'react';
import type { RavenApi } from '../../api/client.ts';
import { generateAuthenticationKey } from '../../api/two-factor.ts';

export type AuthenticationKey =
  | { readonly state: 'loading' }
  /** Base32. */
  | { readonly state: 'ready'; readonly key: string }
  | { readonly state: 'failed'; readonly error: unknown };

/**
 * A fresh authentication key from the server, for as long as the calling component stands. Not a query: a secret must be gone with the
 * component that showed it, and no cache forgets that fast.
 */
export function useAuthenticationKey(api: RavenApi): { answer: AuthenticationKey; retry: () => void } {
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<AuthenticationKey>({ state: 'loading' });
  useEffect(() => {
    const leaving = new AbortController();
    generateAuthenticationKey(api, leaving.signal).then(
      (key) => {
        if (!leaving.signal.aborted) setAnswer({ state: 'ready', key });
      },
      (error: unknown) => {
        if (!leaving.signal.aborted) setAnswer({ state: 'failed', error });
      },
    );
    return () => leaving.abort();
  }, [api, attempt]);
  return {
    answer,
    retry: () => {
      setAnswer({ state: 'loading' });
      setAttempt(attempt + 1);
    },
  };
}
