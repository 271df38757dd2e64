import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { secureContextOf } from '../../gateway/server-trust.ts';
import { openTerminal } from '../command-harness.ts';
import type { Terminal } from '../terminal.ts';
import { trustServer } from './known-servers.ts';

const certificates = new URL('../../../e2e/conformance/certs/', import.meta.url);
let server: Server;
let serverPem: string;
let clientPem: string;
let url: string;
let folder: string;
let file: string;

beforeAll(async () => {
  serverPem = await readFile(new URL('newserver.pem', certificates), 'utf8');
  clientPem = await readFile(new URL('alice.pem', certificates), 'utf8');
  server = createServer({ key: serverPem, cert: serverPem });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `https://localhost:${String((server.address() as AddressInfo).port)}`;
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'known-'));
  file = join(folder, 'config', 'known-servers.json');
});
afterEach(() => rm(folder, { recursive: true }));
afterAll(() => server.close());

const fingerprintOf = (pem: string): string => new X509Certificate(pem).fingerprint256;
const trust = (terminal: Terminal, ca?: string) => {
  const context = secureContextOf({ cert: clientPem, key: clientPem }, ca === undefined ? {} : { ca });
  return trustServer(url, context, { ca, file, terminal });
};
/** Nobody sits there. */
const pipe = (): Terminal => {
  const { terminal } = openTerminal({});
  return { ...terminal, input: Object.assign(terminal.input, { isTTY: false }) };
};

it('asks nobody about a server that its authority vouches for', async () => {
  expect(await trust(pipe(), serverPem)).toEqual({ ca: serverPem });
});

it('shows a fingerprint once, and remembers the yes', async () => {
  const { terminal, sees, types } = openTerminal({});
  const trusted = trust(terminal);
  const screen = await sees('Type “yes”: ');
  const fingerprint = fingerprintOf(serverPem);
  expect(screen).toContain(fingerprint.slice(0, 47));
  expect(screen).toContain(fingerprint.slice(48));
  expect(screen).toContain('it is self-signed');
  types('yes');
  expect(await trusted).toEqual({ fingerprints: [fingerprint] });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await trust(pipe())).toEqual({ fingerprints: [fingerprint] });
});

it.each(['y', 'no', ''])('takes %j for a no', async (answer) => {
  const { terminal, sees, types } = openTerminal({});
  const trusted = trust(terminal);
  const refused = expect(trusted).rejects.toThrow('wasn’t confirmed');
  await sees('Type “yes”: ');
  types(answer);
  await refused;
  await expect(stat(file)).rejects.toThrow('ENOENT');
});

it('accepts nothing where nobody can be asked', async () => {
  await expect(trust(pipe())).rejects.toThrow(`The certificate of ${url} isn’t trusted (it is self-signed)`);
});

it('says that a confirmed certificate has changed, and keeps the others', async () => {
  const other = fingerprintOf(clientPem);
  const known = join(folder, 'known-servers.json');
  await writeFile(known, JSON.stringify({ [url]: other, 'https://other': other }), { mode: 0o600 });
  file = known;
  await expect(trust(pipe())).rejects.toThrow('isn’t the one that was confirmed');
  const { terminal, sees, types } = openTerminal({});
  const trusted = trust(terminal);
  await sees('has CHANGED');
  await sees('Type “yes”: ');
  types('yes');
  await trusted;
  expect(JSON.parse(await readFile(known, 'utf8'))).toEqual({
    [url]: fingerprintOf(serverPem),
    'https://other': other,
  });
});

it('goes on with what it knows when the server doesn’t answer', async () => {
  const { terminal, sees } = openTerminal({});
  const gone = 'https://localhost:1';
  const context = secureContextOf({ cert: clientPem, key: clientPem }, {});
  expect(await trustServer(gone, context, { ca: undefined, file, terminal })).toEqual({});
  await sees('doesn’t answer');
});
