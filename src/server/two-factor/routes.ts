import { generateAuthenticationKey } from '../../pki/totp.ts';
import { byCaller } from '../certificates/caller.ts';
import { leavePassive } from '../cluster.ts';
import { route, type Exchange, type Route } from '../http/exchange.ts';
import { JsonNumber, type JsonObject } from '../http/json-reader.ts';
import { conversionError } from '../http/json-values.ts';
import { formatError, invalidOperationError, nullReferenceError, RavenException } from '../http/raven-exception.ts';
import { empty, json, plainError, type Reply } from '../http/reply.ts';
import { cookieOf, sameText } from './sessions.ts';
import { sourceOf } from './source.ts';

async function generateSecret({ node }: Exchange): Promise<Reply> {
  await leavePassive(node);
  return json({ Secret: generateAuthenticationKey() });
}

function configuration({ node: { settings } }: Exchange): Reply {
  return json({
    DefaultTwoFactorSessionDurationInMin: settings.twoFactorDefaultMinutes,
    MaxTwoFactorSessionDurationInMin: settings.twoFactorMaximumMinutes,
  });
}

/**
 * RavenDB reads the code as a whole number: from a number or from text, blanks, sign and leading zeros don't matter; missing is 0. Text and
 * whole numbers beyond 32 bits are refused; what is read as a fraction is cut to something that is no code.
 */
function tokenOf(body: JsonObject): number {
  const value = body.get('Token');
  if (value === undefined || value === null) return 0;
  if (value instanceof JsonNumber && (!value.whole || isInt32(Number(value.text))))
    return Math.trunc(Number(value.text));
  if (typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value) && isInt32(Number(value))) return Number(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  throw conversionError(value, 'System.Int32', formatError(`The input string was not in a correct format.`));
}

const isInt32 = (number: number) => number === (number | 0);

async function logIn(exchange: Exchange): Promise<Reply> {
  const { node, query, connection } = exchange;
  const { settings, sessions } = node;
  const limited = query.boolean('hasLimits') ?? true;
  const minutes = query.integer('sessionDurationInMin') ?? settings.twoFactorDefaultMinutes;
  if (minutes > settings.twoFactorMaximumMinutes)
    return plainError(
      400,
      `Requested two factor authentication duration is higher than maximum session length (${settings.twoFactorMaximumMinutes})`,
    );
  const { peer } = connection;
  if (peer === undefined)
    return plainError(
      400,
      'Two factor authentication requires that you use a client certificate, but none was provided.',
    );
  // The code is read before the certificate is looked up, unless there is no code to be read.
  const body = await exchange.json();
  const name = `${peer.thumbprint} ()`;
  const entry = node.certificates.get(peer.thumbprint)?.definition;
  if (entry === undefined) return plainError(400, `The certificate ${name} is not known to the server`);
  const key = entry.twoFactorKey;
  if (key === undefined) return plainError(400, `The certificate ${name} is not set up for two factor authentication`);
  const result = await check(exchange, key, tokenOf(body));
  if (result.kind === 'wait') return tooMany(name, result.until);
  if (result.kind === 'wrong') return plainError(406, `Wrong token provided for ${name}`);
  if (node.hardenings.has('loginGivesRightsOfNow')) {
    node.authenticator.renew(connection);
    if (!connection.grant.registered) throw invalidOperationError(`The certificate ${name} is not valid at this time`);
  }
  const session = sessions.start(peer.thumbprint, minutes, limited);
  if (!connection.grant.registered) throw invalidOperationError('Nullable object must have a value.');
  connection.locked = false;
  await record(exchange, 'TwoFactorLogin', entry.name);
  if (session.cookie === undefined) return empty(202);
  const cookie = `2fa-cookie=${session.cookie}; max-age=${minutes * 60}; path=/; secure; samesite=strict; httponly`;
  return empty(202, { headers: { 'set-cookie': cookie } });
}

/** @param until ms UTC */
function tooMany(name: string, until: number): Reply {
  const seconds = Math.max(1, Math.ceil((until - Date.now()) / 1000));
  const why = `Too many wrong codes for ${name}: the next one is looked at in ${seconds} seconds, at ${new Date(until).toISOString()}`;
  return {
    ...plainError(429, `${why}. An admin who edits the certificate ends the wait.`),
    headers: { 'content-type': 'application/json; charset=utf-8', 'retry-after': String(seconds) },
  };
}

/** Who brings the cookie of the session that runs isn't counted with the others of that address. */
function sourceOfCode(exchange: Exchange): string {
  const { node, connection } = exchange;
  const session = node.sessions.running(connection.peer?.thumbprint ?? '')?.cookie;
  const cookie = cookieOf(exchange.header('cookie'));
  const own = session !== undefined && cookie !== undefined && sameText(session, cookie);
  return own ? 'session' : sourceOf(connection.remoteAddress);
}

async function check(exchange: Exchange, key: string, code: number) {
  try {
    return await exchange.node.codes.check(key, code, sourceOfCode(exchange));
  } catch (error) {
    if (error instanceof RavenException) throw error;
    throw formatError('The authentication key of this certificate is no base32: set another.');
  }
}

async function logOut(exchange: Exchange): Promise<Reply> {
  const { node, connection } = exchange;
  const { peer } = connection;
  if (peer === undefined) throw nullReferenceError();
  const entry = node.certificates.get(peer.thumbprint)?.definition;
  const ran = node.sessions.running(peer.thumbprint) !== undefined;
  node.sessions.end(peer.thumbprint);
  if (ran && entry !== undefined) await record(exchange, 'TwoFactorLogout', entry.name);
  return empty(204);
}

async function record(exchange: Exchange, action: 'TwoFactorLogin' | 'TwoFactorLogout', name: string): Promise<void> {
  const { node, connection } = exchange;
  const thumbprint = connection.peer?.thumbprint ?? '';
  await node.store.write((transaction) =>
    node.history.append(transaction, { action, thumbprint, name, ...byCaller(exchange), changes: [] }),
  );
}

export const twoFactorRoutes: readonly Route[] = [
  route('GET', '/admin/certificates/2fa/generate', 'Operator', generateSecret),
  route('GET', '/authentication/2fa/configuration', 'UnauthenticatedClients', configuration),
  route('POST', '/authentication/2fa', 'UnauthenticatedClients', logIn),
  route('DELETE', '/authentication/2fa', 'UnauthenticatedClients', logOut),
];
