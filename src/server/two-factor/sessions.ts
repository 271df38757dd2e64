import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';

/** A running two-factor session of one certificate on this node. */
export interface Session {
  /** ms UTC */
  readonly expires: number;
  /** The cookie's value when every request must bring it; undefined when the session holds for all clients. */
  readonly cookie: string | undefined;
}

/** The sessions by thumbprint: in memory only, one a certificate, a new login replaces an older one. A restart ends them all. */
export class TwoFactorSessions {
  readonly #sessions = new Map<string, Session>();

  /** @param minutes may be 0 or negative: the session is void at once, as on RavenDB */
  start(thumbprint: string, minutes: number, limited: boolean): Session {
    const session = { expires: Date.now() + minutes * 60_000, cookie: limited ? randomUUID() : undefined };
    this.#sessions.set(thumbprint, session);
    return session;
  }

  end(thumbprint: string): void {
    this.#sessions.delete(thumbprint);
  }

  /** The session whether or not it has run out. */
  any(thumbprint: string): Session | undefined {
    return this.#sessions.get(thumbprint);
  }

  /** The session if it still runs; one that has run out is forgotten. */
  running(thumbprint: string): Session | undefined {
    const session = this.#sessions.get(thumbprint);
    if (session !== undefined && session.expires <= Date.now()) {
      this.#sessions.delete(thumbprint);
      return undefined;
    }
    return session;
  }
}

/** Compares in constant time. */
export function sameText(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}

/** The value of RavenDB's two-factor cookie in a Cookie header. */
export function cookieOf(header: string | undefined): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === '2fa-cookie') return part.slice(at + 1).trim();
  }
  return undefined;
}
