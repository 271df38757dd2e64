import type { Certificate } from '../api/types.ts';

export const day = 86_400_000;

/** `Security.Certificate.ExpiringThresholdInDays` where the server doesn't tell. */
export const defaultExpiringThreshold = 14;

/**
 * What a certificate's dates and switch make of it. `unreadable` ones have no dates, and open nothing whatever their switch says. Of the
 * others `disabled` wins, as it does in RavenDB; `notYetValid` ones are refused until their day comes; `expiring` ones still work.
 */
export type CertificateState = 'valid' | 'expiring' | 'expired' | 'notYetValid' | 'disabled' | 'unreadable';

type Dated = Pick<Certificate, 'notBefore' | 'notAfter' | 'disabled'> & Partial<Pick<Certificate, 'unreadable'>>;

/** @param now milliseconds UTC @param threshold days before its end from which a certificate counts as expiring */
export function certificateState(
  { notBefore, notAfter, disabled, unreadable }: Dated,
  now: number,
  threshold: number,
): CertificateState {
  if (unreadable === true) return 'unreadable';
  if (disabled) return 'disabled';
  if (notAfter !== null && notAfter < now) return 'expired';
  if (notBefore !== null && notBefore > now) return 'notYetValid';
  if (notAfter !== null && notAfter < now + threshold * day) return 'expiring';
  return 'valid';
}

export const stateLabels: Readonly<Record<CertificateState, string>> = {
  valid: 'Valid',
  expiring: 'Expiring',
  expired: 'Expired',
  notYetValid: 'Not yet valid',
  disabled: 'Disabled',
  unreadable: 'Unreadable',
};

/**
 * Whole days until the end, rounded down towards the past: 0 on the last day, -1 from the moment it has expired. Null without an end.
 */
export const daysLeft = ({ notAfter }: Pick<Certificate, 'notAfter'>, now: number): number | null =>
  notAfter === null ? null : Math.floor((notAfter - now) / day);

/** The share of its life that is left, 0 to 1; null when its dates don't say. */
export function lifeLeft(
  { notBefore, notAfter }: Pick<Certificate, 'notBefore' | 'notAfter'>,
  now: number,
): number | null {
  if (notAfter === null || notBefore === null || notAfter <= notBefore) return null;
  return Math.min(1, Math.max(0, (notAfter - now) / (notAfter - notBefore)));
}
