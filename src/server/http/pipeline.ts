import { constants } from 'node:http2';
import { authenticationStatus } from '../auth/authentication-status.ts';
import { isAllowed, isKnown, refusal } from '../auth/authorize.ts';
import type { Connection } from '../auth/connection.ts';
import { CryptoJobError } from '../crypto/crypto-pool.ts';
import { databaseDisabled, databaseNotFound } from '../databases/database-table.ts';
import { limits } from '../limits.ts';
import type { ServerNode } from '../server-node.ts';
import { cookieOf, sameText } from '../two-factor/sessions.ts';
import { version } from '../version.ts';
import type { Exchange, Route, ServerAnswer, ServerRequest } from './exchange.ts';
import { ledgers, type Held } from './held.ts';
import { readJsonObject } from './json-reader.ts';
import { crossOriginHeaders, isOriginTrusted } from './origin.ts';
import { Query } from './query.ts';
import { RavenException } from './raven-exception.ts';
import { BodyTooLargeError, ClientGoneError, discardBody, readBody } from './read-body.ts';
import { empty, heldBy, json, type Reply } from './reply.ts';
import { routeNotFound, type Router } from './router.ts';
import { send } from './send.ts';

function headerOf(request: ServerRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

function decodePath(path: string): string {
  try {
    // An encoded slash stays one: it belongs to a name.
    return decodeURIComponent(path.replace(/%2f/gi, '%252F'));
  } catch {
    return path;
  }
}

function envelope(url: string, error: RavenException): Reply {
  const text = { Url: url, Type: error.type, Message: error.message, Error: error.describe(), ...error.details };
  return json(text, error.status);
}

/** Anything that isn't RavenDB's own kind of error is a fault of this node: it is logged, and its text stays here. */
function asRavenException(error: unknown, log: (line: string) => void): RavenException {
  if (error instanceof RavenException) return error;
  if (error instanceof ClientGoneError) return new RavenException('System.OperationCanceledException', 'Cut off.');
  if (error instanceof CryptoJobError) return new RavenException('System.TimeoutException', error.message);
  log(`Unexpected: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return new RavenException(
    'System.InvalidOperationException',
    'The server could not do this because of an error of its own.',
  );
}

/** A reply before the handler's turn: no version header. */
interface Outcome {
  readonly reply: Reply;
  /** The authorization step let it pass, so the server names its version. */
  readonly handled: boolean;
}

/** The memory of a request, by which routes it is for. */
type Holds = Readonly<Record<keyof typeof ledgers, Held>>;

const refused = (reply: Reply): Outcome => ({ reply, handled: false });

/** Answers requests in RavenDB's order: route, cross-origin headers, database, origin filter, authorization, handler. */
export class Pipeline {
  readonly #node: ServerNode;
  readonly #router: Router;

  constructor(node: ServerNode, router: Router) {
    this.#node = node;
    this.#router = router;
  }

  /** Never rejects. */
  async answer(connection: Connection, request: ServerRequest, response: ServerAnswer): Promise<void> {
    response.on('error', () => undefined);
    if (request.method === 'GET') {
      // Until the answer was taken: many that nobody takes would fill the memory.
      const done = await connection.reads.take();
      if (response.destroyed) done();
      else response.once('close', done);
    }
    await this.#answer(connection, request, response);
  }

  async #answer(connection: Connection, request: ServerRequest, response: ServerAnswer): Promise<void> {
    const url = request.url ?? '/';
    const cut = () => (request.complete ? response.destroy() : request.destroy());
    const holds = { known: ledgers.known.open(connection, cut), strangers: ledgers.strangers.open(connection, cut) };
    response.once('close', () => Object.values(holds).forEach((held) => held.close()));
    let outcome: Outcome;
    let close = false;
    try {
      outcome = await this.#route(connection, request, url, holds);
    } catch (error) {
      close = error instanceof BodyTooLargeError;
      outcome = refused(
        error instanceof BodyTooLargeError
          ? tooLarge(url, error)
          : envelope(url, asRavenException(error, this.#node.log)),
      );
    }
    // RavenDB begins with this at the handshake, too late for the first request to see it.
    this.#node.authenticator.takeOver(connection);
    if (outcome.handled) response.setHeader('raven-server-version', version.header);
    if (close && request.httpVersionMajor === 1) response.setHeader('connection', 'close');
    try {
      await send(
        response,
        this.#within(holds.known, outcome.reply, url),
        headerOf(request, 'accept-encoding'),
        holds.known,
      );
    } catch (error) {
      this.#node.log(`An answer could not be sent: ${error instanceof Error ? error.message : String(error)}`);
      response.destroy();
    }
    if (close && 'stream' in response) response.stream.close(constants.NGHTTP2_NO_ERROR);
    else if (!request.complete) discardBody(request);
  }

  /** The reply, or why there is no room for it. */
  #within(held: Held, reply: Reply, url: string): Reply {
    try {
      held.take(heldBy(reply));
      return reply;
    } catch (error) {
      return envelope(url, asRavenException(error, this.#node.log));
    }
  }

  async #route(connection: Connection, request: ServerRequest, url: string, holds: Holds): Promise<Outcome> {
    const node = this.#node;
    node.store.requireUsable();
    const method = request.method ?? 'GET';
    const at = url.indexOf('?');
    const path = decodePath(at < 0 ? url : url.slice(0, at));
    const header = (name: string) => headerOf(request, name);
    const host = (request.httpVersionMajor === 2 ? headerOf(request, ':authority') : undefined) ?? header('host') ?? '';
    const origin = header('origin');
    const originQuestion = { host, nodeUrl: node.publicUrl, header };
    if (method === 'OPTIONS' && this.#router.preflight(path) !== undefined)
      return { reply: empty(200, { headers: crossOriginHeaders({ ...originQuestion, origin }) }), handled: true };
    const match = this.#router.find(method, path);
    if (match === undefined) throw routeNotFound(method, url);
    const { route } = match;
    const cors = route.cors === true ? crossOriginHeaders({ ...originQuestion, origin }) : {};
    const withCors = (outcome: Outcome): Outcome => ({
      ...outcome,
      reply: { ...outcome.reply, headers: { ...outcome.reply.headers, ...cors } },
    });
    const database = match.database === undefined ? undefined : node.databases.get(match.database);
    if (match.database !== undefined && database === undefined) throw databaseNotFound(match.database);
    if (database?.disabled === true) throw databaseDisabled(database.name);
    if (origin !== undefined && node.settings.csrfEnabled) {
      if (!isOriginTrusted({ ...originQuestion, origin, settings: node.settings }))
        return withCors(refused(empty(403, { typed: true })));
    }
    const admission = this.admit(connection, route, database?.name, header('cookie'));
    const forAnybody = route.level === 'UnauthenticatedClients';
    const most = forAnybody ? limits.strangerBodyBytes : limits.bodyBytes;
    const held = forAnybody ? holds.strangers : holds.known;
    const body = () => readBody(request, most, held);
    const exchange: Exchange = {
      node,
      connection: admission.connection,
      method,
      url,
      path,
      query: new Query(at < 0 ? '' : url.slice(at + 1)),
      header,
      host,
      body,
      json: async () => readJsonObject(await body(), node.hardenings.has('escapedCharactersStayWhole'), held),
      ...(database === undefined ? {} : { database }),
    };
    try {
      if (!admission.allowed) return withCors(refused(deny(exchange, route)));
      return withCors({ reply: await route.handle(exchange), handled: true });
    } catch (error) {
      if (error instanceof BodyTooLargeError) throw error;
      return withCors({ reply: envelope(url, asRavenException(error, node.log)), handled: true });
    }
  }

  /** May the request go on, and as what? Its rights come first: one that they refuse leaves the second factor's session alone. */
  admit(
    opened: Connection,
    { level, quiet }: Pick<Route, 'level' | 'quiet'>,
    database: string | undefined,
    cookies: string | undefined,
  ) {
    const { authenticator, hardenings, sessions, statistics } = this.#node;
    const may = (candidate: Connection) => isAllowed(candidate, level, database);
    const connection = may(opened) ? opened : authenticator.asOfNow(opened);
    const gated = connection === opened || hardenings.has('laterKnownShowTheirCookie');
    if (gated && level !== 'UnauthenticatedClients' && level !== 'StudioPage' && may(connection))
      authenticator.gate(connection, () => {
        const wanted = connection.peer && sessions.any(connection.peer.thumbprint)?.cookie;
        const given = cookieOf(cookies);
        return wanted !== undefined && given !== undefined && sameText(wanted, given);
      });
    const allowed = may(connection);
    if (quiet !== true)
      statistics.note(
        connection.peer?.thumbprint,
        isKnown(connection),
        allowed,
        connection.status === authenticationStatus.clusterAdmin,
      );
    return { connection, allowed };
  }
}

/** The answer to a request that isn't let through. */
function deny({ connection, database, header }: Exchange, route: Route): Reply {
  const fromClient = header('raven-client-version') !== undefined;
  const { status, message, location } = refusal(connection, route.level, database?.name, fromClient);
  // RavenDB looks for these two texts and reads no weights.
  if (/text\/(html|\*)/.test(header('accept') ?? '')) return empty(302, { typed: true, headers: { location } });
  return json({ Type: 'InvalidAuth', Message: message }, status);
}

function tooLarge(url: string, { message }: BodyTooLargeError): Reply {
  return json(
    { Url: url, Type: 'Microsoft.AspNetCore.Http.BadHttpRequestException', Message: message, Error: message },
    413,
  );
}
