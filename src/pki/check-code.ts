import { matchCode } from './totp.ts';

const period = 30_000;

export type CodeAnswer =
  | { readonly right: true }
  /** Whole minutes by which the app's clock is ahead of this computer's (negative: behind); null when the code fits no time near. */
  | { readonly right: false; readonly minutesAhead: number | null };

/**
 * Compares the code of an authenticator app, ±1 step of 30 s: one less than RavenDB allows, so that what passes here passes there.
 * A wrong one is looked for within half an hour, as clocks that differ are the usual cause.
 * @param now milliseconds UTC
 */
export function checkCode(key: string, code: string, now: number): CodeAnswer {
  if (matchCode(key, code, { window: 1, now }) !== null) return { right: true };
  const step = matchCode(key, code, { window: 60, now });
  if (step === null) return { right: false, minutesAhead: null };
  const minutes = (step * period - Math.floor(now / period) * period) / 60_000;
  return { right: false, minutesAhead: Math.sign(minutes) * Math.ceil(Math.abs(minutes)) };
}

/** What a person reads when the code was wrong. */
export function wrongCodeText(minutesAhead: number | null): string {
  if (minutesAhead === null)
    return 'That code isn’t of this key. Scan it again, and enter the code before it changes; the phone’s clock must be right.';
  const minutes = `${Math.abs(minutesAhead)} min`;
  return `That code is right, but ${minutes} ${minutesAhead > 0 ? 'ahead' : 'late'}: the clocks of the phone and this computer differ. Set both to automatic time.`;
}
