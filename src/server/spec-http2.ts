import { readFileSync } from 'node:fs';
import { connect } from 'node:http2';
import type { Identity } from './spec-node.ts';
import type { RunningNode } from './start-node.ts';

/** For specs only: one kept HTTP/2 connection, the twin of a kept one of HTTP/1.1. */

export interface Http2Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface Http2Connection {
  ask(method: string, path: string, body?: unknown): Promise<Http2Answer>;
  close(): void;
}

export function openHttp2(node: RunningNode, as: Identity | null): Http2Connection {
  const { port } = new URL(node.url);
  const ca = readFileSync(node.identity.ca, 'utf8');
  const session = connect(`https://localhost:${port}`, {
    ca,
    host: '127.0.0.1',
    servername: 'localhost',
    ...(as === null ? {} : { cert: as.pem, key: as.pem }),
  });
  // A request that is under way hears of it too.
  session.on('error', () => undefined);
  return {
    close: () => session.destroy(),
    ask: (method, path, body) =>
      new Promise((resolve, reject) => {
        const stream = session.request(
          { ':method': method, ':path': path },
          body === undefined ? { endStream: true } : {},
        );
        let headers: Http2Answer['headers'] = {};
        const pieces: Buffer[] = [];
        stream.on('response', (fields) => (headers = fields as Http2Answer['headers']));
        stream.on('data', (piece: Buffer) => pieces.push(piece));
        stream.on('error', reject);
        stream.on('end', () => {
          // Node gives the status as a number.
          const status = Number(headers[':status'] ?? 0);
          resolve({ status, headers, text: Buffer.concat(pieces).toString('utf8') });
        });
        if (body !== undefined) stream.end(JSON.stringify(body));
      }),
  };
}
