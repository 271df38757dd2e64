import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { WhoAmI } from '../../api/types.ts';
import { useApi } from '../../queries/api-context.ts';
import { whoAmIQuery } from '../../queries/certificates.ts';
import { endTwoFactorSessionMutation, twoFactorConfigurationQuery } from '../../queries/two-factor.ts';
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
  const { data: clockAhead } = useQuery({
    ...twoFactorConfigurationQuery(api),
    select: (configuration) => configuration.clockAhead,
    enabled: end != null,
  });
  // RavenDB lets connections that are open outlive their session; ended by name they are refused too (contract §8.5, §8.8).
  const { mutate: close } = useMutation(endTwoFactorSessionMutation(api));
  const before = useRef<number | null>(null);
  const notice = useEffectEvent((last: number) => {
    if (last - Date.now() - (clockAhead ?? 0) < tolerance) close();
  });
  useEffect(() => {
    if (end === null && before.current !== null) notice(before.current);
    before.current = end ?? null;
  }, [end]);
  if (end == null || clockAhead === undefined) return null;
  return <SessionClock key={end} end={end} clockAhead={clockAhead ?? 0} onOver={() => close()} />;
}
