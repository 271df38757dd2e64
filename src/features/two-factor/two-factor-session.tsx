import { useQuery } from '@tanstack/react-query';
import type { WhoAmI } from '../../api/types.ts';
import { useApi } from '../../queries/api-context.ts';
import { whoAmIQuery } from '../../queries/certificates.ts';
import { SessionClock } from './session-clock.tsx';

const sessionEnd = (who: WhoAmI | null): number | null => who?.twoFactorSessionEnd ?? null;

/**
 * For the shell's header: time left and "End session" while this certificate has a two-factor session, nothing otherwise. Only the
 * clock in it renders as time goes by.
 */
export function TwoFactorSession() {
  const { data: end } = useQuery({ ...whoAmIQuery(useApi()), select: sessionEnd });
  return end == null ? null : <SessionClock key={end} end={end} />;
}
