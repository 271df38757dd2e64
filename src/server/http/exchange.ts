import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { RouteLevel } from '../auth/authentication-status.ts';
import type { Connection } from '../auth/connection.ts';
import type { DatabaseRecord } from '../databases/database-table.ts';
import type { ServerNode } from '../server-node.ts';
import type { JsonObject } from './json-reader.ts';
import type { Query } from './query.ts';
import type { Reply } from './reply.ts';

export type ServerRequest = IncomingMessage | Http2ServerRequest;
export type ServerAnswer = ServerResponse | Http2ServerResponse;

/** One request on its way through the node. */
export interface Exchange {
  readonly node: ServerNode;
  readonly connection: Connection;
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  /** The path, decoded. */
  readonly path: string;
  readonly query: Query;
  readonly header: (name: string) => string | undefined;
  /** The `Host` of the request. */
  readonly host: string;
  /** Reads the whole body, decompressed; throws beyond the limit. */
  readonly body: () => Promise<Buffer>;
  /** The body as one JSON object. */
  readonly json: () => Promise<JsonObject>;
  /** The database that a database route is about. */
  readonly database?: DatabaseRecord;
}

export interface Route {
  readonly method: string;
  /** Exact path; of a database route what follows `/databases/<name>`. */
  readonly path: string;
  readonly level: RouteLevel;
  /** Takes cross-origin requests of cluster nodes, preflights included. */
  readonly cors?: true;
  /** Doesn't count as a use of the certificate. */
  readonly quiet?: true;
  readonly handle: (exchange: Exchange) => Reply | Promise<Reply>;
}

/** Shorthand for the tables of routes. */
export function route(
  method: string,
  path: string,
  level: RouteLevel,
  handle: Route['handle'],
  more: { cors?: true; quiet?: true } = {},
): Route {
  return { method, path, level, handle, ...more };
}
