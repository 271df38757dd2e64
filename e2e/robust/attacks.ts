import { once } from 'node:events';
import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2';
import { connect as connectTcp, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { openSocket, tlsOptions } from './client.ts';
import type { NodeProcess } from './running-node.ts';

/** Everything of an attack that is still open. */
export class Attackers {
  readonly #sockets: Socket[] = [];
  readonly #sessions: ClientHttp2Session[] = [];
  readonly #node: NodeProcess;

  constructor(node: NodeProcess) {
    this.#node = node;
  }

  /** TCP connections that begin a handshake, or not even that, and never go on. */
  halfOpen(count: number, from = '127.0.0.1'): Socket[] {
    const hello = Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]);
    return Array.from({ length: count }, (_, i) => {
      const place = { port: Number(this.#node.url.port), host: '127.0.0.1', localAddress: from };
      const socket = connectTcp(place, () => {
        if (i % 2 === 0) socket.write(hello);
      });
      socket.on('error', () => undefined);
      this.#sockets.push(socket);
      return socket;
    });
  }

  /** A TLS connection that speaks HTTP/1.1. */
  async socket(as?: string | null): Promise<TLSSocket> {
    const socket = await openSocket(this.#node, as);
    this.#sockets.push(socket);
    return socket;
  }

  /** HTTP/2 streams that ask for something and take nothing of it. */
  deafStreams(
    connections: number,
    streams: number,
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): void {
    for (let i = 0; i < connections; i++) {
      const options = { ...tlsOptions(this.#node), settings: { initialWindowSize: 0 } };
      const session = connectHttp2(this.#node.url.origin.replace('127.0.0.1', 'localhost'), options as object);
      session.on('error', () => undefined);
      this.#sessions.push(session);
      for (let j = 0; j < streams; j++) session.request({ ':path': path, ...headers }).on('error', () => undefined);
    }
  }

  /** A request over HTTP/1.1 that is sent so many times on each of so many connections; nothing of the answers is taken. */
  async deafSockets(connections: number, requests: number, path: string): Promise<void> {
    for (let i = 0; i < connections; i++) {
      const socket = await this.socket();
      socket.pause();
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(requests));
    }
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    for (const session of this.#sessions) session.destroy();
  }
}

/** Asks for something over HTTP/1.1 and takes that many bytes of the answer; the status. */
export async function takeSome(socket: TLSSocket, head: string, body: string, bytes: number): Promise<number> {
  socket.write(`${head} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  let taken = 0;
  let status = 0;
  for await (const piece of socket as AsyncIterable<Buffer>) {
    if (taken === 0) status = Number(piece.toString('latin1').slice(9, 12));
    taken += piece.length;
    if (taken >= bytes) break;
  }
  return status;
}

/** Resolves when the other side closed the connection. */
export async function closed(socket: Socket): Promise<void> {
  socket.resume();
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
}

/** Sends a request with a body of `bytes` that nobody has in memory, over HTTP/1.1; what came back first. */
export async function sendEndless(socket: TLSSocket, path: string, bytes: number, chunked: boolean): Promise<string> {
  let text = '';
  socket.on('data', (piece: Buffer) => (text += piece.toString('latin1')));
  const end = new Promise((resolve) => socket.once('close', resolve));
  const length = chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${bytes}`;
  socket.write(`PUT ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${length}\r\n\r\n`);
  const part = Buffer.alloc(256 * 1024, ' ');
  const head = Buffer.from(`${part.length.toString(16)}\r\n`);
  for (let sent = 0; sent < bytes && !socket.closed && text === ''; sent += part.length) {
    const piece = chunked ? Buffer.concat([head, part, Buffer.from('\r\n')]) : part;
    if (!socket.write(piece)) await Promise.race([once(socket, 'drain').catch(() => undefined), end]);
  }
  // Sending on would make the system throw away what came back.
  if (text.startsWith('HTTP/1.1 413')) await end;
  socket.destroy();
  return text;
}
