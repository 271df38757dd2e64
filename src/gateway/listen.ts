import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createPort, type Server as Port } from 'node:net';
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
  /** What browsers open: `http://name.localhost:port`, `http://host:port` where no name leads here, or the public address. */
  readonly origin: string;
  /** The same for programs, which mostly can't resolve such a name: `http://host:port`, or the public address. */
  readonly plainOrigin: string;
  /** Whether a browser that resolves a name below `localhost` by itself comes here. */
  readonly takesNames: boolean;
  /** Until this is called every request is answered with 503. */
  readonly serve: (handle: RequestListener) => void;
  /** Ends keep-alive connections at once and requests under way after a moment. */
  readonly close: () => Promise<void>;
}

/** True for names and addresses that only this machine can reach. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);

const inUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** Browsers leave the port out when it is the default one. */
const withPort = (name: string, port: number): string[] =>
  port === 80 ? [name, `${name}:80`] : [`${name}:${String(port)}`];

const hostsFor = (host: string, port: number): string[] =>
  [...new Set([inUrl(host), 'localhost'])].flatMap((name) => withPort(name, port));

const closing = (server: Server, ports: readonly Port[]): Promise<void> =>
  new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), 2_000);
    const open = new Set([server, ...ports]);
    for (const port of open)
      port.close(() => {
        open.delete(port);
        if (open.size > 0) return;
        clearTimeout(cut);
        resolve();
      });
    server.closeIdleConnections();
  });

async function take(port: Port, address: { host: string; port: number }): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    port.once('error', reject);
    port.listen(address, resolve);
  });
  return (port.address() as AddressInfo).port;
}

/** The loopback address of the other family. */
const twins: Readonly<Record<string, string>> = { '127.0.0.1': '::1', '::1': '127.0.0.1' };

/**
 * Browsers take a name below `localhost` to `::1` as well as to `127.0.0.1`: whoever had the other of the two would be the console to
 * them. @returns what listens there; nothing where the machine has no such address
 */
async function takeTwin(server: Server, address: { host: string; port: number }): Promise<Port | undefined> {
  // As an HTTP server has its sockets.
  const options = { allowHalfOpen: true, noDelay: true };
  const twin = createPort(options, (socket) => server.emit('connection', socket));
  try {
    await take(twin, address);
    return twin;
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return undefined;
    throw error;
  }
}

/** How often another free port is tried when its twin isn't free. */
const maxTries = 20;

async function listenOnBoth(handler: RequestListener, host: string, port: number) {
  for (let tries = 1; ; tries += 1) {
    const server = createServer(limits, handler);
    giveWay(server);
    const taken = await take(server, { host, port });
    const other = twins[host === 'localhost' ? (server.address() as AddressInfo).address : host];
    if (other === undefined) return { server, taken, twins: [] };
    try {
      const twin = await takeTwin(server, { host: other, port: taken });
      return { server, taken, twins: twin === undefined ? [] : [twin] };
    } catch (error) {
      server.close();
      if (port !== 0 || tries >= maxTries) throw error;
    }
  }
}

/**
 * Takes the port first, so that one already in use is known before anything else happens.
 * @param port 0 picks a free one
 * @param publicUrl origin of a proxy in front; its host is then the only one that leads here
 * @throws the error of `listen`, with its `code`
 */
export async function listenAt(host: string, port: number, publicUrl?: string): Promise<ListeningServer> {
  let handler: RequestListener = (_req, res) =>
    answerError(res, 503, 'Gateway.Starting', 'The console is starting. Try again in a moment.');
  const { server, taken, twins: others } = await listenOnBoth((req, res) => handler(req, res), host, port);
  const address = `${inUrl(host)}:${String(taken)}`;
  const origin = publicUrl ?? `http://${address}`;
  return {
    port: taken,
    address,
    hosts: publicUrl === undefined ? hostsFor(host, taken) : [new URL(publicUrl).host],
    origin,
    plainOrigin: origin,
    takesNames: publicUrl === undefined && (host in twins || host === 'localhost'),
    serve: (handle) => {
      handler = handle;
    },
    close: () => closing(server, others),
  };
}

/**
 * Browsers come by a name that nobody else knows. Cookies go to every port of their host: under a name of its own the console's go to no
 * other server, which would have to know the name to be reached by it.
 * @param name below `localhost`
 */
export const underName = (listening: ListeningServer, name: string): ListeningServer =>
  listening.takesNames
    ? {
        ...listening,
        hosts: [...listening.hosts, ...withPort(name, listening.port)],
        origin: `http://${name}:${String(listening.port)}`,
      }
    : listening;
