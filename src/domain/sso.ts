import type { Certificate, SsoIdentifier } from '../api/types.ts';

/** Who somebody is to a provider: `Github: anna`, `Windows: CORP\john`. */
export const identityText = ({ provider, domain, identifier }: SsoIdentifier): string =>
  `${provider}: ${domain === null ? '' : `${domain}\\`}${identifier}`;

type User = Pick<Certificate, 'usage' | 'allowAnySsoServer' | 'ssoServerPinningHashes'>;
type Server = Pick<Certificate, 'usage' | 'pinningHash'>;

/** Whether a single sign-on server may vouch for a user (contract §9.5): the user names its key, or lets any server. */
export const vouches = (server: Server, user: User): boolean =>
  server.usage === 'SsoServer' &&
  user.usage === 'SsoClient' &&
  (user.allowAnySsoServer || user.ssoServerPinningHashes.includes(server.pinningHash));

/**
 * What else the deletion of a single sign-on server takes from others: the users that no other registered server vouches for.
 * A renewed server keeps its key, so another entry with the same one goes on vouching.
 */
export function losesSignIn<Entry extends Pick<Certificate, 'thumbprint' | 'pinningHash'> & User>(
  server: Entry,
  all: readonly Entry[],
): Entry[] {
  const others = all.filter(({ thumbprint }) => thumbprint !== server.thumbprint);
  return others.filter((user) => vouches(server, user) && !others.some((other) => vouches(other, user)));
}
