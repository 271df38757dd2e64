import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerError } from './answer.ts';
import { giveWay } from './give-way.ts';

/** Milliseconds and bytes a client of the gateway gets; generous for a browser on the same machine. */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 300_000,
  keepAliveTimeout: 60_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16 * 1024,
};

export interface ListeningServer {
  readonly port: number;
  /** `host:port` as it was taken. */
  readonly address: string;
  /** Values of `Host` that lead here. */
  readonly hosts: readonly string[];
  /** What browsers open: `http://host:port`, or the public address. */
  readonly origin: string;
  /** Until this is called every request is answered with 503. */
  readonly serve: (handle: RequestListener) => void;
  /** Ends keep-alive connections at once and requests under way after a moment. */
  readonly close: () => Promise<void>;
}

/** True for names and addresses that only this machine can reach. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);

const inUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host);

function hostsFor(host: string, port: number): string[] {
  const names = [...new Set([inUrl(host), 'localhost'])];
  // Browsers leave the port out when it is the default one.
  return names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${String(port)}`]));
}

const closing = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), 2_000);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });

/**
 * Takes the port first, so that one already in use is known before anything else happens.
 * @param port 0 picks a free one
 * @param publicUrl origin of a proxy in front; its host is then the only one that leads here
 * @throws the error of `listen`, with its `code`
 */
export async function listenAt(host: string, port: number, publicUrl?: string): Promise<ListeningServer> {
  let handler: RequestListener = (_req, res) =>
    answerError(res, 503, 'Gateway.Starting', 'The console is starting. Try again in a moment.');
  const server = createServer(limits, (req, res) => handler(req, res));
  giveWay(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, resolve);
  });
  const taken = (server.address() as AddressInfo).port;
  const address = `${inUrl(host)}:${String(taken)}`;
  return {
    port: taken,
    address,
    hosts: publicUrl === undefined ? hostsFor(host, taken) : [new URL(publicUrl).host],
    origin: publicUrl ?? `http://${address}`,
    serve: (handle) => {
      handler = handle;
    },
    close: () => closing(server),
  };
}
