import type { X509Certificate } from 'node:crypto';
import { constants } from 'node:crypto';
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import type { IncomingMessage } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { rank, Slots } from '../../net/slots.ts';
import { isKnown } from '../auth/authorize.ts';
import type { Connection } from '../auth/connection.ts';
import { peerCertificate, type PeerCertificate } from '../auth/peer-certificate.ts';
import type { ServerAnswer, ServerRequest } from '../http/exchange.ts';
import { limits } from '../limits.ts';
import { StartError } from '../start-error.ts';
import type { ServerIdentity } from './server-identity.ts';

/** Where a TLS socket carries the connection that its handshake settled. */
const settled = Symbol('connection');
type SettledSocket = TLSSocket & { [settled]?: Connection };

export interface ListenerOptions {
  readonly identity: ServerIdentity;
  /** The connection of a certificate that was shown, or of none. */
  readonly open: (peer: PeerCertificate | undefined, remoteAddress: string) => Connection;
  readonly handle: RequestHandler;
  /** Of HTTP/1.1 requests for a web socket. */
  readonly upgrade: UpgradeHandler;
}

export type RequestHandler = (connection: Connection, request: ServerRequest, answer: ServerAnswer) => void;

export type UpgradeHandler = (
  connection: Connection,
  request: IncomingMessage,
  socket: TLSSocket,
  head: Buffer,
) => void;

/**
 * The TLS side of the node: TLS 1.2 and 1.3, HTTP/2 and HTTP/1.1 by ALPN. Client certificates are asked for and never judged by OpenSSL,
 * since they are signed by a server certificate that is no authority. Sessions are not resumed: every connection shows its
 * certificate itself.
 */
export class Listener {
  readonly #server: Http2SecureServer;
  readonly #sockets = new Set<Socket>();
  readonly #slots = new Slots(limits.connections, limits.connectionsPerAddress);
  #second: Server | undefined;

  constructor({ identity, open, handle, upgrade }: ListenerOptions) {
    this.#server = createSecureServer({
      ...contextOf(identity),
      allowHTTP1: true,
      requestCert: true,
      rejectUnauthorized: false,
      handshakeTimeout: limits.handshakeMs,
      maxHeaderSize: limits.headerBytes,
      settings: { maxConcurrentStreams: limits.streamsPerConnection, maxHeaderListSize: limits.headerBytes },
    } as Parameters<typeof createSecureServer>[0]);
    const server = this.#server;
    // HTTP/1.1 only; HTTP/2 sessions end by idleMs.
    Object.assign(server, {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
    });
    server.setTimeout(limits.idleMs);
    server.on('connection', (socket: Socket) => this.#track(socket));
    server.prependListener('secureConnection', (socket: SettledSocket) => {
      settle(socket, open);
      const connection = socket[settled];
      this.#slots.raise(socket, connection !== undefined && isKnown(connection) ? rank.known : rank.stranger);
    });
    server.on('session', (session) => {
      session.on('error', () => session.destroy());
    });
    server.on('request', (request: Http2ServerRequest, answer: Http2ServerResponse) => {
      const socket = (request.httpVersionMajor === 2 ? request.stream.session?.socket : request.socket) as
        | SettledSocket
        | undefined;
      const connection = socket?.[settled];
      if (connection === undefined) request.destroy();
      else handle(connection, request, answer);
    });
    server.on('upgrade', (request: IncomingMessage, socket: SettledSocket, head: Buffer) => {
      const connection = socket[settled];
      socket.setTimeout(0);
      if (connection === undefined) socket.destroy();
      else upgrade(connection, request, socket, head);
    });
    // A handshake or a request that isn't one; the connection is closed, nothing else is to be done.
    server.on('tlsClientError', (_error, socket: TLSSocket) => socket.destroy());
    server.on('sessionError', () => undefined);
  }

  #track(socket: Socket): void {
    this.#sockets.add(socket);
    this.#slots.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  /**
   * Listens, at `localhost` on both loopback addresses. Resolves to the port.
   * @throws StartError when the address is in use or isn't this machine's
   */
  async listen(host: string, port: number): Promise<number> {
    const both = host === 'localhost';
    const chosen = await bind(this.#server, both ? '127.0.0.1' : host, port, host);
    if (both) {
      this.#second = createServer((socket) => this.#server.emit('connection', socket));
      // A machine without IPv6 has one loopback address only.
      await bind(this.#second, '::1', chosen, host).catch(() => (this.#second = undefined));
    }
    return chosen;
  }

  /** New connections get this identity; open ones live on. */
  swap(identity: ServerIdentity): void {
    this.#server.setSecureContext(contextOf(identity));
  }

  /** Stops listening and ends every connection. */
  async close(): Promise<void> {
    const closing = [this.#server, this.#second].map(
      (server) =>
        new Promise<void>((resolve) => {
          if (server?.listening === true) server.close(() => resolve());
          else resolve();
        }),
    );
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(closing);
  }
}

/**
 * Makes sure that the port is free before anything is made or changed.
 * @throws StartError when it isn't
 */
export async function requireFreePort(host: string, port: number): Promise<void> {
  if (port === 0) return;
  const probe = createServer();
  await bind(probe, host === 'localhost' ? '127.0.0.1' : host, port, host);
  await new Promise((resolve) => probe.close(resolve));
}

function contextOf(identity: ServerIdentity) {
  return {
    key: identity.keyPem,
    cert: identity.chainPem,
    minVersion: 'TLSv1.2',
    secureOptions: constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION,
  } as const;
}

function settle(socket: SettledSocket, open: ListenerOptions['open']): void {
  const own = socket.getPeerX509Certificate();
  const sent: X509Certificate[] = [];
  for (
    let issuer = own?.issuerCertificate;
    issuer !== undefined && sent.length < 10;
    issuer = issuer.issuerCertificate
  ) {
    if (sent.some((known) => known.raw.equals(issuer.raw))) break;
    sent.push(issuer);
  }
  try {
    const peer = own === undefined ? undefined : peerCertificate(own.raw, sent);
    socket[settled] = open(peer, socket.remoteAddress ?? '');
  } catch {
    // A key that OpenSSL can't read, or an issuer: nobody hears of an error here, and it must not end the process.
    socket.destroy();
  }
}

function bind(server: Http2SecureServer | Server, address: string, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      const place = `${host}:${port}`;
      reject(
        new StartError(
          error.code === 'EADDRINUSE'
            ? `The port ${port} is in use: another server listens at ${place}.`
            : `The server can't listen at ${place} (${error.code ?? error.message}).`,
        ),
      );
    };
    server.once('error', failed);
    server.listen(port, address, () => {
      server.off('error', failed);
      const bound = server.address();
      resolve(typeof bound === 'object' && bound !== null ? bound.port : port);
    });
  });
}
