import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, type IncomingMessage, request, type RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { TLSSocket } from 'node:tls';
import { createGateway } from './create-gateway.ts';
import { createLinkAccess, type LinkAccess } from './link-access.ts';
import { listenAt, underName } from './listen.ts';
import type { ServerTrust } from './server-trust.ts';
import { createSessions, secretHeader } from './sessions.ts';

/** For specs: a gateway as the command line makes it, with a real HTTPS server behind it that asks for client certificates. */

/** Key and certificate of one of the conformance tests' certificates. */
export const pemOf = (name: string): string =>
  readFileSync(new URL(`../../e2e/conformance/certs/${name}.pem`, import.meta.url), 'utf8');
/** Key and certificate for `localhost`. */
export const serverPem = pemOf('newserver');
export const clientPem = pemOf('alice');
/** The gateway's address of RavenDB's list of certificates. */
export const list = '/raven/admin/certificates';

export interface TestServer {
  readonly url: string;
  readonly port: number;
  /** Thumbprints (SHA-1 with colons) of the client certificates, one for each connection made. */
  readonly connections: string[];
  /** New connections get another certificate from now on. @param pem key and certificate */
  readonly showOther: (pem: string) => void;
  readonly close: () => Promise<void>;
}

/** @param pem key and certificate it shows; the one of `localhost` when left out */
export async function startServer(handler: RequestListener, { port = 0, pem = serverPem } = {}): Promise<TestServer> {
  const connections: string[] = [];
  const server: Server = createServer({ key: pem, cert: pem, requestCert: true, rejectUnauthorized: false }, handler);
  server.on('secureConnection', (socket: TLSSocket) => {
    connections.push(socket.getPeerCertificate().fingerprint);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const taken = (server.address() as AddressInfo).port;
  return {
    url: `https://localhost:${String(taken)}`,
    port: taken,
    connections,
    showOther: (other) => server.setSecureContext({ key: other, cert: other }),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
  /** `Type` of an error of the gateway's. */
  readonly type: unknown;
}

export interface TestRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface TestGateway {
  readonly port: number;
  readonly origin: string;
  readonly access: LinkAccess;
  /** Values of `Host` that lead here. */
  readonly hosts: readonly string[];
  /** Signs a browser in. */
  readonly signIn: () => Promise<TestSession>;
  /** The `Cookie` header of a signed-in browser. */
  readonly cookie: string;
  /** Headers of its page's requests: cookie and secret. */
  readonly session: TestSession;
  /** Sends exactly these headers and this path; a browser's normal ones are in `browser`. */
  readonly send: (path: string, request?: TestRequest) => Promise<TestAnswer>;
  /** As a script of the signed-in page would. */
  readonly browser: (path: string, request?: TestRequest) => Promise<TestAnswer>;
  readonly close: () => Promise<void>;
}

export interface TestSession {
  readonly [header: string]: string;
  readonly Cookie: string;
  readonly [secretHeader]: string;
}

export const pageHeaders = { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };

function typeOf(text: string): unknown {
  try {
    return (JSON.parse(text) as { Type?: unknown }).Type;
  } catch {
    return undefined;
  }
}

function makeFiles(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-spec-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><base href="./" /><meta name="raven-api" content="" /><title>Raven Certificates</title>',
  );
  writeFileSync(join(folder, 'assets', 'main-1a2b3c4d.js'), 'export {};');
  return folder;
}

export async function startGateway(
  server: { readonly url: string; readonly others?: readonly string[] },
  {
    trust = { ca: serverPem },
    now,
    publicUrl,
    name,
    idleTime,
  }: { trust?: ServerTrust; now?: () => number; publicUrl?: string; name?: string; idleTime?: number } = {},
): Promise<TestGateway> {
  const plain = await listenAt('127.0.0.1', 0, publicUrl);
  const listening = name === undefined ? plain : underName(plain, name);
  const { port, hosts, origin, plainOrigin } = listening;
  const access = createLinkAccess({ now });
  const sessions = createSessions({ port, origin, idleTime, now });
  const files = makeFiles();
  const identity = { cert: clientPem, key: clientPem };
  const serverUrls = [server.url, ...(server.others ?? [])];
  const gateway = createGateway({ serverUrls, identity, trust, hosts, origin, access, sessions, files });
  listening.serve(gateway.handle);

  const send = async (path: string, { method = 'GET', headers = {}, body }: TestRequest = {}): Promise<TestAnswer> => {
    const front = publicUrl === undefined ? {} : { Host: new URL(publicUrl).host };
    const req = request({ host: '127.0.0.1', port, path, method, headers: { ...front, ...headers }, agent: false });
    const response = once(req, 'response');
    req.end(body);
    const [res] = (await response) as [IncomingMessage];
    const bytes = await buffer(res);
    const text = bytes.toString();
    return { status: res.statusCode ?? 0, headers: res.headers, body: bytes, text, type: typeOf(text) };
  };
  const signIn = async (): Promise<TestSession> => {
    const { headers, text } = await send(`/sign-in?token=${access.issueToken()}`, { headers: pageHeaders });
    return {
      Cookie: headers['set-cookie']?.[0]?.split(';')[0] ?? '',
      [secretHeader]: /<meta name="raven-session" content="([^"]*)"/.exec(text)?.[1] ?? '',
    };
  };
  const session = await signIn();
  return {
    port,
    hosts,
    origin,
    access,
    signIn,
    cookie: session.Cookie,
    session,
    send,
    browser: (path, { method = 'GET', headers = {}, body } = {}) =>
      send(path, {
        method,
        headers: {
          ...session,
          'Sec-Fetch-Site': 'same-origin',
          'Sec-Fetch-Mode': 'cors',
          'Sec-Fetch-Dest': 'empty',
          ...(method === 'GET' ? {} : { Origin: plainOrigin }),
          ...headers,
        },
        ...(body === undefined ? {} : { body }),
      }),
    close: async () => {
      await gateway.close();
      await listening.close();
      rmSync(files, { recursive: true });
    },
  };
}
