import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** How long a printed link can be used, in milliseconds. */
const linkLifetime = 5 * 60_000;
/** Browsers signed in at one time; beyond it the one that signed in first is signed out. */
const maxSessions = 64;
const maxLinks = 64;

/** Who may use the gateway: whoever opened a link that the terminal printed. */
export interface LinkAccess {
  /** A token for a link that works once, within five minutes. */
  readonly issueToken: () => string;
  /** A token that works as often as needed while the process runs, for tools that read it from a file only they can read. */
  readonly lastingToken: () => string;
  /** Uses up a token. @returns the `Set-Cookie` value of the new session; nothing when the token is unknown, used or too old. */
  readonly redeem: (token: string) => string | undefined;
  readonly isSignedIn: (req: IncomingMessage) => boolean;
}

/** Only hashes are kept: looking one up tells nothing by its timing, and a core dump holds no token. */
const hash = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
const makeSecret = (): string => randomBytes(32).toString('base64url');

function cookieValues(header: string | undefined, name: string): string[] {
  return (header ?? '').split(';').flatMap((part) => {
    const at = part.indexOf('=');
    return at > 0 && part.slice(0, at).trim() === name ? [part.slice(at + 1).trim()] : [];
  });
}

/** Drops the oldest entries until there is room for one more. */
function makeRoom(
  entries: { readonly size: number; keys(): Iterator<string>; delete(key: string): boolean },
  max: number,
) {
  while (entries.size >= max) {
    const oldest = entries.keys().next();
    if (oldest.done === true) return;
    entries.delete(oldest.value);
  }
}

/**
 * Sessions live in memory and end with the process.
 * @param port is part of the cookie's name: cookies don't know ports, and a second console on this machine has its own
 * @param origin what browsers open
 * @param now milliseconds; replaced in specs only
 */
export function createLinkAccess({
  port,
  origin,
  now = Date.now,
}: {
  port: number;
  origin: string;
  now?: () => number;
}): LinkAccess {
  const secure = origin.startsWith('https:');
  // With this prefix no other host of the same domain can set it (RFC 6265bis, 4.1.3.2).
  const cookieName = `${secure ? '__Host-' : ''}raven-certificates-${String(port)}`;
  const links = new Map<string, number>();
  const sessions = new Set<string>();
  let lasting: { token: string; hash: string } | undefined;
  return {
    issueToken: () => {
      const token = makeSecret();
      makeRoom(links, maxLinks);
      links.set(hash(token), now() + linkLifetime);
      return token;
    },
    lastingToken: () => {
      if (lasting === undefined) {
        const token = makeSecret();
        lasting = { token, hash: hash(token) };
      }
      return lasting.token;
    },
    redeem: (token) => {
      const key = hash(token);
      const expires = links.get(key);
      links.delete(key);
      if (key !== lasting?.hash && (expires === undefined || expires <= now())) return undefined;
      const session = makeSecret();
      makeRoom(sessions, maxSessions);
      sessions.add(hash(session));
      // On http Safari refuses a cookie with `Secure`, on the loopback interface too.
      return `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
    },
    isSignedIn: (req) => cookieValues(req.headers.cookie, cookieName).some((value) => sessions.has(hash(value))),
  };
}
