import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Browsers signed in at one time; beyond it the one that signed in first is signed out. */
const maxSessions = 64;
/** Sessions that are over and whose end can still be explained to who comes back. */
const maxEnded = 64;

/** How long a session lasts without anybody doing something, in milliseconds. */
export const defaultIdleTime = 8 * 3_600_000;

/** Request header with the session's secret, which the page keeps for its origin only. */
export const secretHeader = 'raven-certificates-session';
/** Request header by which the page says that somebody did something since its last request: what it asks by itself doesn't count. */
export const activeHeader = 'raven-certificates-active';

export type SessionEnd = 'idle' | 'signedOut';

/**
 * What a request shows of a session. `all`: everything is open to it. `cookie`: only the cookie, as a page load sends it and as any server
 * on another port of this host gets to see it; that opens the console's own files, which are the same for everybody, and no data.
 */
export type Standing = 'all' | 'cookie' | SessionEnd | 'none';

export interface NewSession {
  /** Value of `Set-Cookie`. */
  readonly cookie: string;
  /** For the page; scripts have none. */
  readonly secret: string | undefined;
}

/** Who is signed in. */
export interface Sessions {
  /**
   * @param kind a `script` isn't led to other ports by anybody: its cookie alone is enough, and each of its requests counts as use. A
   *   `browser` has to show cookie and secret.
   */
  readonly begin: (kind: 'browser' | 'script') => NewSession;
  /** Counts as use what somebody did: a request that changes something, or one that the page marks. */
  readonly standing: (req: IncomingMessage) => Standing;
  /** Signs out. @returns the `Set-Cookie` value that takes the cookie away */
  readonly end: (req: IncomingMessage) => string;
  /** `8 hours` */
  readonly idleText: string;
}

interface Session {
  /** Undefined for scripts. */
  readonly secret: string | undefined;
  lastUse: number;
}

/** Only hashes are kept: looking one up tells nothing by its timing, and a core dump holds no secret. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
export const makeSecret = (): string => randomBytes(32).toString('base64url');

/** Drops the oldest entries until there is room for one more. */
export function makeRoom(entries: Map<string, unknown>, max: number): void {
  for (const oldest of entries.keys()) {
    if (entries.size < max) return;
    entries.delete(oldest);
  }
}

function cookieValues(header: string | undefined, name: string): string[] {
  return (header ?? '').split(';').flatMap((part) => {
    const at = part.indexOf('=');
    return at > 0 && part.slice(0, at).trim() === name ? [part.slice(at + 1).trim()] : [];
  });
}

/** @param time milliseconds @returns `8 hours`, `90 minutes` */
function textOf(time: number): string {
  const minutes = Math.max(1, Math.round(time / 60_000));
  const [count, unit] = minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute'];
  return `${String(count)} ${unit}${count === 1 ? '' : 's'}`;
}

/**
 * Sessions live in memory and end with the process, by a sign-out, or when nobody does anything for a while.
 * @param port is part of the cookie's name: cookies don't know ports, and a second console on this machine has its own
 * @param origin what browsers open
 * @param idleTime milliseconds
 * @param now milliseconds; replaced in specs only
 */
export function createSessions({
  port,
  origin,
  idleTime = defaultIdleTime,
  now = Date.now,
}: {
  port: number;
  origin: string;
  idleTime?: number | undefined;
  now?: (() => number) | undefined;
}): Sessions {
  const secure = origin.startsWith('https:');
  // With this prefix no other host of the same domain can set it (RFC 6265bis, 4.1.3.2).
  const cookieName = `${secure ? '__Host-' : ''}raven-certificates-${String(port)}`;
  // On http Safari refuses a cookie with `Secure`, on the loopback interface too.
  const attributes = `; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  const sessions = new Map<string, Session>();
  const ended = new Map<string, SessionEnd>();

  const finish = (key: string, how: SessionEnd): void => {
    if (!sessions.delete(key)) return;
    makeRoom(ended, maxEnded);
    ended.set(key, how);
  };
  const keysOf = (req: IncomingMessage): string[] => cookieValues(req.headers.cookie, cookieName).map(hashOf);
  const showsSecret = ({ secret }: Session, req: IncomingMessage): boolean => {
    const shown = req.headers[secretHeader];
    return secret === undefined || (typeof shown === 'string' && hashOf(shown) === secret);
  };
  const counts = ({ secret }: Session, req: IncomingMessage): boolean =>
    secret === undefined || (req.method !== 'GET' && req.method !== 'HEAD') || req.headers[activeHeader] === '1';

  return {
    idleText: textOf(idleTime),
    begin: (kind) => {
      const cookie = makeSecret();
      const secret = kind === 'browser' ? makeSecret() : undefined;
      makeRoom(sessions, maxSessions);
      sessions.set(hashOf(cookie), { secret: secret === undefined ? undefined : hashOf(secret), lastUse: now() });
      return { cookie: `${cookieName}=${cookie}${attributes}`, secret };
    },
    standing: (req) => {
      let best: Standing = 'none';
      for (const key of keysOf(req)) {
        const session = sessions.get(key);
        if (session !== undefined && now() - session.lastUse >= idleTime) finish(key, 'idle');
        else if (session !== undefined && showsSecret(session, req)) {
          if (counts(session, req)) session.lastUse = now();
          return 'all';
        } else if (session !== undefined) best = 'cookie';
        if (best === 'none') best = ended.get(key) ?? 'none';
      }
      return best;
    },
    end: (req) => {
      for (const key of keysOf(req)) finish(key, 'signedOut');
      return `${cookieName}=${attributes}; Max-Age=0`;
    },
  };
}
