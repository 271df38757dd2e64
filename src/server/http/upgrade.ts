import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { isAllowed, refusal } from '../auth/authorize.ts';
import type { RouteLevel } from '../auth/authentication-status.ts';
import type { Connection } from '../auth/connection.ts';
import type { ServerNode } from '../server-node.ts';
import { isOriginTrusted } from './origin.ts';
import type { Pipeline } from './pipeline.ts';

/** A path that is opened as a web socket. */
export interface WatchRoute {
  readonly path: string;
  readonly level: RouteLevel;
  /** What is sent when it opens. */
  readonly greeting: (node: ServerNode) => readonly object[];
  /** Whether it is told of operations. */
  readonly operations: boolean;
}

/** Ends a connection that asked for a web socket and doesn't get one. */
function refuse(socket: Duplex, status: number, message: string): void {
  const body = JSON.stringify({ Type: 'InvalidAuth', Message: message });
  const head = [
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${String(Buffer.byteLength(body))}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/**
 * Opens web sockets for whom a request would be answered: browsers let any page open one, so that the origin is looked at whatever the
 * settings say of other requests.
 */
export function createUpgrades(node: ServerNode, pipeline: Pipeline, routes: readonly WatchRoute[]) {
  const byPath = new Map(routes.map((route) => [route.path, route]));
  return (connection: Connection, request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // The listener's own handler of errors went with the request.
    socket.on('error', () => socket.destroy());
    const route = byPath.get((request.url ?? '').split('?', 1)[0] ?? '');
    if (route === undefined || request.method !== 'GET' || request.headers.upgrade?.toLowerCase() !== 'websocket') {
      refuse(socket, 400, 'There is no web socket at this path.');
      return;
    }
    const { origin, host = '', cookie } = request.headers;
    const header = (name: string): string | undefined => {
      const value = request.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    };
    const question = { host, nodeUrl: node.publicUrl, header, settings: node.settings };
    if (origin !== undefined && !isOriginTrusted({ ...question, origin })) {
      refuse(socket, 403, 'Pages of other origins get no web socket.');
      return;
    }
    const admission = pipeline.admit(connection, { level: route.level, quiet: true }, undefined, cookie);
    if (!admission.allowed) {
      const { status, message } = refusal(admission.connection, route.level, undefined, false);
      refuse(socket, status, message);
      return;
    }
    if (node.notifications.full) {
      refuse(socket, 503, 'Too many watch the server already: close other pages and try again.');
      return;
    }
    const operations = route.operations && isAllowed(admission.connection, 'Operator');
    node.notifications.open({ request, socket, head, greeting: route.greeting(node), operations });
  };
}
