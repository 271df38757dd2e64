import { once } from 'node:events';
import { connect, constants, type ClientHttp2Session } from 'node:http2';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import type { NodeProcess } from './running-node.ts';

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** The body as JSON. Throws when it isn't. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- it stands for a cast at every call
  json<T>(): T;
}

export interface Ask {
  /** Sent as it is when it is text or bytes, else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** HTTP/2 connections to a node; requests go round over them. */
export interface Client {
  /** Rejects when the connection breaks before the answer is whole. */
  ask(method: string, path: string, options?: Ask): Promise<Answer>;
  close(): void;
}

/** What TLS needs to reach a node. @param pem certificate and key; null: no certificate, left out: the server's own */
export function tlsOptions({ url, pem, ca }: NodeProcess, as: string | null = pem): ConnectionOptions {
  const identity = as === null ? {} : { cert: as, key: as };
  return { host: '127.0.0.1', port: Number(url.port), servername: 'localhost', ca, ...identity };
}

/** A TLS connection that speaks HTTP/1.1; errors after the handshake are for whoever listens. */
export async function openSocket(node: NodeProcess, as?: string | null): Promise<TLSSocket> {
  const socket = connectTls({ ...tlsOptions(node, as), ALPNProtocols: ['http/1.1'] });
  await once(socket, 'secureConnect');
  socket.on('error', () => undefined);
  return socket;
}

/** @param connections how many; each carries 100 requests at once, which is what the node allows */
export function openClient(node: NodeProcess, connections = 1, as?: string | null): Client {
  const open = (): ClientHttp2Session => {
    const session = connect(`https://localhost:${node.url.port}`, tlsOptions(node, as) as object);
    session.on('error', () => undefined);
    return session;
  };
  const sessions = Array.from({ length: connections }, open);
  let next = 0;
  const session = (): ClientHttp2Session => {
    const at = next++ % connections;
    const used = sessions[at];
    if (used !== undefined && !used.closed && !used.destroyed) return used;
    return (sessions[at] = open());
  };
  return {
    ask: (method, path, options = {}) => ask(session(), method, path, options),
    close: () => {
      for (const each of sessions) each.destroy();
    },
  };
}

function ask(session: ClientHttp2Session, method: string, path: string, { body, headers }: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ':method': method, ':path': path, ...headers }, { endStream: body === undefined });
    let status = 0;
    const pieces: Buffer[] = [];
    stream.on('response', (fields) => (status = Number(fields[':status'])));
    stream.on('data', (piece: Buffer) => pieces.push(piece));
    stream.on('error', reject);
    stream.on('close', () => {
      if (status === 0 || stream.rstCode !== constants.NGHTTP2_NO_ERROR) {
        const got = status === 0 ? 'no answer' : `${status} and ${Buffer.concat(pieces).length} bytes`;
        const connection = session.destroyed ? 'closed' : 'open';
        reject(new Error(`${method} ${path.slice(0, 200)}: ${got} (${stream.rstCode}, connection ${connection})`));
        return;
      }
      const text = Buffer.concat(pieces).toString('utf8');
      resolve({ status, text, json: () => JSON.parse(text) as never });
    });
    if (body !== undefined)
      stream.end(typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body));
  });
}
