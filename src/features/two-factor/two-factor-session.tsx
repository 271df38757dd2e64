import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { WhoAmI } from '../../api/types.ts';
import { useApi } from '../../queries/api-context.ts';
import { whoAmIQuery } from '../../queries/certificates.ts';
import { endTwoFactorSessionMutation } from '../../queries/two-factor.ts';
import { SessionClock } from './session-clock.tsx';

const sessionEnd = (who: WhoAmI | null): number | null => who?.twoFactorSessionEnd ?? null;
/** Clocks differ a little. Milliseconds. */
const tolerance = 5_000;

/**
 * For the shell's header: time left and "End session" while this certificate has a two-factor session, nothing otherwise. Only the
 * clock in it renders as time goes by.
 */
export function TwoFactorSession() {
  const api = useApi();
  const { data: end } = useQuery({ ...whoAmIQuery(api), select: sessionEnd });
  const { mutate } = useMutation(endTwoFactorSessionMutation(api));
  const before = useRef<number | null>(null);
  // RavenDB lets connections that are open outlive their session; ended by name they are refused too (contract §8.5, §8.8).
  const close = useEffectEvent((last: number) => {
    if (last - Date.now() < tolerance) mutate();
  });
  useEffect(() => {
    if (end === null && before.current !== null) close(before.current);
    before.current = end ?? null;
  }, [end]);
  return end == null ? null : <SessionClock key={end} end={end} />;
}
