import { HOTP, Secret, TOTP } from 'otpauth';
import { wellFormed } from './well-formed.ts';

/** RavenDB's codes (RFC 6238): HMAC-SHA1, 6 digits, 30 seconds. */
const algorithm = 'SHA1';
const digits = 6;
const periodSeconds = 30;

/** 20 random bytes in base32: 32 characters, `A-Z2-7`, no padding. */
export function generateAuthenticationKey(): string {
  return new Secret({ size: 20 }).base32;
}

/**
 * Decodes an authentication key as RavenDB does: `=` at the ends is trimmed, case doesn't matter.
 * @throws Error when a character isn't base32 (A–Z, 2–7); the message doesn't hold the key.
 */
export function decodeAuthenticationKey(key: string): Secret {
  const trimmed = key.replace(/^=+|(?<!=)=+$/g, '').toUpperCase();
  if (!/^[A-Z2-7]+$/.test(trimmed))
    throw new Error('An authentication key consists of the letters A to Z and the digits 2 to 7.');
  return Secret.fromBase32(trimmed);
}

/**
 * The `otpauth:` link that authenticator apps read from the QR code, in the form of RavenDB's Studio: issuer is the host
 * of the server, name the certificate's.
 */
export function authenticationUri({ issuer, name, key }: { issuer: string; name: string; key: string }): string {
  const host = encodeURIComponent(issuer);
  const label = encodeURIComponent(wellFormed(name || 'Client Certificate'));
  return `otpauth://totp/${host}:${label}?secret=${key}&issuer=${host}`;
}

/**
 * Checks a code against the time steps around `now` (ms UTC), `window` steps to either side (RavenDB: 2).
 * Blanks and leading zeros don't matter. Every step is compared, each in constant time.
 * @returns the step (number of 30-second periods since 1970) whose code it is, the newest when two match; null when none does.
 * @throws Error when the key isn't base32
 */
export function matchCode(key: string, code: string | number, options: { window: number; now: number }): number | null {
  const secret = decodeAuthenticationKey(key);
  const typed = /^0*(\d{1,6})$/.exec(String(code).replaceAll(/\s/g, ''))?.[1];
  // otpauth fails on characters beyond ASCII instead of refusing them.
  if (typed === undefined) return null;
  const token = typed.padStart(digits, '0');
  const current = TOTP.counter({ period: periodSeconds, timestamp: options.now });
  let matched: number | null = null;
  for (let step = Math.max(0, current - options.window); step <= current + options.window; step += 1) {
    // otpauth compares without an early way out.
    const delta = HOTP.validate({ token, secret, algorithm, digits, counter: step, window: 0 });
    if (delta !== null) matched = step;
  }
  return matched;
}

/** The code of the moment `now` (ms UTC), for showing what an authenticator app would. */
export function currentCode(key: string, now: number): string {
  const counter = TOTP.counter({ period: periodSeconds, timestamp: now });
  return HOTP.generate({ secret: decodeAuthenticationKey(key), algorithm, digits, counter });
}
