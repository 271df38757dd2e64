import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startNode, type NodeOptions, type RunningNode } from './start-node.ts';

/** For specs only: a node in a folder of its own, and requests to it. */

const certificates = fileURLToPath(new URL('../../e2e/conformance/certs/', import.meta.url));

/** A folder that goes when the spec is over. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'raven-node-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface Identity {
  readonly pem: string;
  readonly thumbprint: string;
  /** Base64 DER. */
  readonly der: string;
}

/** Key and certificate out of one PEM text. */
export function identityOf(pem: string): Identity {
  const x509 = new X509Certificate(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/.exec(pem)?.[0] ?? '');
  return { pem, thumbprint: x509.fingerprint.replaceAll(':', ''), der: x509.raw.toString('base64') };
}

/** One of the recordings' throwaway certificates. */
export function certificate(name: string): Identity {
  return identityOf(readFileSync(`${certificates}${name}.pem`, 'utf8'));
}

/** A file of the recordings as base64. */
export const certificateFile = (name: string): string => readFileSync(certificates + name).toString('base64');

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  readonly text: string;
  /** The parsed body, as what the spec expects it to be. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- it stands for a cast at every call
  json<T>(): T;
}

export interface Ask {
  /** Default: the server's own certificate; null: none. */
  readonly as?: Identity | null;
  /** Bytes and text go as they are, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Keeps the TLS connection: requests with the same agent share one. */
  readonly agent?: Agent;
}

/** An agent that keeps one connection, for `Ask.agent`. */
export function keptConnection(node: RunningNode, as: Identity | null): Agent {
  const ca = readFileSync(node.identity.ca, 'utf8');
  return new Agent({ keepAlive: true, maxSockets: 1, ca, ...(as === null ? {} : { cert: as.pem, key: as.pem }) });
}

export interface SpecNode {
  readonly node: RunningNode;
  readonly folder: string;
  readonly log: string[];
  readonly server: Identity;
  /** The first admin; the server's own certificate when the node is as RavenDB. */
  readonly admin: Identity;
  ask(method: string, path: string, options?: Ask): Promise<Answer>;
  /** Registers one of the recordings' certificates. Fails when the node doesn't take it. */
  register(name: string, clearance: string, more?: Readonly<Record<string, unknown>>): Promise<Identity>;
  close(): Promise<void>;
}

/** Starts a node on a free port; by default with everything of our own on. */
export async function startSpecNode(options: Partial<NodeOptions> & { keepFolder?: boolean } = {}): Promise<SpecNode> {
  const { keepFolder, ...given } = options;
  const folder = given.dataDir === undefined ? temporaryFolder() : { path: given.dataDir, remove: () => undefined };
  const log: string[] = [];
  const node = await startNode({
    dataDir: folder.path,
    serverUrl: 'https://localhost:0',
    settings: {},
    licence: 'developer',
    asRavenDb: false,
    log: (line) => log.push(line),
    ...given,
  });
  const server = identityOf(readFileSync(node.identity.pem, 'utf8'));
  const admin = node.client === undefined ? server : identityOf(readFileSync(node.client.pem, 'utf8'));
  const ask = (method: string, path: string, asked: Ask = {}) => send(node, server, method, path, asked);
  return {
    node,
    folder: folder.path,
    log,
    server,
    admin,
    ask,
    register: async (name, clearance, more = {}) => {
      const identity = certificate(name);
      const body = { Name: name, Certificate: identity.der, SecurityClearance: clearance, Permissions: {}, ...more };
      const answer = await ask('PUT', '/admin/certificates', { body });
      if (answer.status !== 201) throw new Error(`${name} was not registered: ${answer.text}`);
      return identity;
    },
    close: async () => {
      await node.close();
      if (keepFolder !== true) folder.remove();
    },
  };
}

function send(node: RunningNode, server: Identity, method: string, path: string, asked: Ask): Promise<Answer> {
  const { as = server, body, headers = {} } = asked;
  const agent = asked.agent ?? keptConnection(node, as);
  const asIs = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  const text = asIs ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(node.url);
    // Node names no length for a DELETE by itself.
    const length = text === undefined ? {} : { 'content-length': Buffer.byteLength(text) };
    const sending = {
      hostname,
      port,
      servername: 'localhost',
      method,
      path,
      headers: { ...length, ...headers },
      agent,
    };
    const sent = request(sending, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        if (asked.agent === undefined) agent.destroy();
        const bytes = Buffer.concat(pieces);
        const { statusCode: status = 0, headers: got } = response;
        const read = bytes.toString('utf8');
        const json: Answer['json'] = () => JSON.parse(read) as never;
        resolve({ status, headers: got, bytes, text: read, json });
      });
    });
    sent.on('error', reject);
    sent.end(text);
  });
}

/** The single entry of a certificate as an admin sees it in full. */
export async function entryOf(spec: SpecNode, identity: Identity): Promise<Record<string, unknown> | undefined> {
  const answer = await spec.ask('GET', `/admin/certificates?thumbprint=${identity.thumbprint}`);
  return answer.status === 404 ? undefined : answer.json<{ Results: Record<string, unknown>[] }>().Results[0];
}

/** What an authenticator app shows for a key, `steps` of 30 s from now. */
export async function codeOf(key: string, steps = 0): Promise<string> {
  const { currentCode } = await import('../pki/totp.ts');
  return currentCode(key, Date.now() + steps * 30_000);
}
