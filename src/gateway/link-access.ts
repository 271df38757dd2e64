import { hashOf, makeRoom, makeSecret } from './sessions.ts';

/** How long a printed link can be used, in milliseconds. */
const linkLifetime = 5 * 60_000;
const maxLinks = 64;

/** Who may sign in: whoever opened a link that the terminal printed. */
export interface LinkAccess {
  /** A token for a link that works once, within five minutes. */
  readonly issueToken: () => string;
  /** A token that works as often as needed while the process runs, for tools that read it from a file only they can read. */
  readonly lastingToken: () => string;
  /** Uses up a token. @returns whether it was good: false when it is unknown, used or too old */
  readonly redeem: (token: string) => boolean;
}

/** @param now milliseconds; replaced in specs only */
export function createLinkAccess({ now = Date.now }: { now?: (() => number) | undefined } = {}): LinkAccess {
  const links = new Map<string, number>();
  let lasting: { token: string; hash: string } | undefined;
  return {
    issueToken: () => {
      const token = makeSecret();
      makeRoom(links, maxLinks);
      links.set(hashOf(token), now() + linkLifetime);
      return token;
    },
    lastingToken: () => {
      if (lasting === undefined) {
        const token = makeSecret();
        lasting = { token, hash: hashOf(token) };
      }
      return lasting.token;
    },
    redeem: (token) => {
      const key = hashOf(token);
      const expires = links.get(key);
      links.delete(key);
      return key === lasting?.hash || (expires !== undefined && expires > now());
    },
  };
}
