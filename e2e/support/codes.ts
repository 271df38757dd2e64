import { Secret, TOTP } from 'otpauth';

/** The code that an authenticator app with this key shows, `steps` of 30 seconds from now. A node may take each only once. */
export const codeOf = (key: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: Date.now() + steps * 30_000 });

/** A key as RavenDB makes them. */
export const newKey = (): string => new Secret({ size: 20 }).base32;
