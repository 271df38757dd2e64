import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startServer, type TestServer } from '../../gateway/gateway-harness.ts';
import { runPiped } from '../command-harness.ts';

vi.setConfig({ testTimeout: 30_000 });

/** What servers of these versions answered, by path. */
const recorded = JSON.parse(
  await readFile(new URL('../../api/recorded/versions.json', import.meta.url), 'utf8'),
) as Readonly<
  Record<string, Readonly<Record<string, unknown>> & { readonly refused: Readonly<Record<string, unknown>> }>
>;
const certs = new URL('../../../e2e/conformance/certs/', import.meta.url);

let folder: string;
let server: TestServer;
/** The version that answers now. */
let version = '5.4.115';
let written: string[] = [];
/** What lists say of the second factor of what was saved; undefined: nothing, as 5.4.115. */
let hasTwoFactor: boolean | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'older-servers-'));
  server = await startServer((request, response) => {
    void (async () => {
      const { pathname } = new URL(request.url ?? '/', server.url);
      const answers = recorded[version];
      if (request.method !== 'GET') written.push(`${String(request.method)} ${pathname} ${await text(request)}`);
      const refused = answers?.refused[pathname] ?? answers?.refused['/admin/certificates/history'];
      const known = JSON.stringify(answers).includes(`"Path":"${pathname}"`);
      const answer = (answers?.[pathname] as object | undefined) ?? { Secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' };
      // Who asks is nobody in the list.
      const me = pathname === '/certificates/whoami' ? { ...answer, Thumbprint: '0'.repeat(40) } : answer;
      const list = pathname === '/admin/certificates' ? withTwoFactor(answer as { Results: object[] }) : me;
      const good = known || answers?.[pathname] !== undefined;
      const status = good ? (request.method === 'GET' ? 200 : 201) : 400;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(good ? list : refused));
    })();
  });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const withTwoFactor = ({ Results, ...list }: { Results: object[] }) => ({
  ...list,
  Results: Results.map((entry) => ({
    ...entry,
    ...(hasTwoFactor === undefined ? {} : { HasTwoFactor: hasTwoFactor }),
  })),
});

function run(...argv: string[]) {
  written = [];
  const at = (name: string) => new URL(name, certs).pathname;
  return runPiped([...argv, '--url', server.url, '--ca', at('newserver.pem'), '--cert', at('alice.pem')], {});
}

test.each([
  ['enable', ['two-factor', 'enable', 'probe-admin', '--no-check']],
  ['disable', ['two-factor', 'disable', 'probe-admin', '--yes']],
  ['generate', ['generate', 'new', '--two-factor', '--no-check', '--no-passphrase', '--output', '.']],
  ['upload', ['upload', new URL('bob.pem', certs).pathname, '--name', 'bob', '--two-factor', '--no-check']],
])('%s says that 5.4.115 has no second factor, and sends nothing', async (_, argv) => {
  version = '5.4.115';
  hasTwoFactor = undefined;
  const { code, output, messages } = await run(...argv);
  expect({ code, output, written }).toEqual({ code: 1, output: '', written: [] });
  expect(messages).toContain('This version of RavenDB has no second factor');
});

test.each([
  ['login', ['two-factor', 'login']],
  ['logout', ['two-factor', 'logout']],
])('%s explains what 5.4.115 lacks', async (_, argv) => {
  version = '5.4.115';
  const { code, messages } = await run(...argv);
  expect(code).toBe(1);
  expect(messages).toContain('This version of RavenDB doesn’t have that: This version of RavenDB has no second factor');
});

test('a second factor that was saved is looked at', async () => {
  version = '6.2.4';
  hasTwoFactor = true;
  expect(await run('two-factor', 'enable', 'probe-admin', '--no-check', '--yes')).toMatchObject({ code: 0 });
  expect(written).toHaveLength(1);
  hasTwoFactor = false;
  const ignored = await run('two-factor', 'enable', 'probe-admin', '--no-check');
  expect(ignored.code).toBe(1);
  expect(ignored.messages).toContain('The second factor isn’t confirmed');
  hasTwoFactor = true;
  const stays = await run('two-factor', 'disable', 'probe-admin', '--yes');
  expect(stays.code).toBe(1);
  expect(stays.messages).toContain('doesn’t say that “probe-admin” is no longer asked');
});

test('what isn’t recorded isn’t “not since the server started”', async () => {
  version = '5.4.207';
  const { code, output } = await run('show', 'probe-admin');
  expect(code).toBe(0);
  expect(output).toContain('This server doesn’t record when certificates are used');
  expect(JSON.parse((await run('show', 'probe-admin', '--json')).output)).toMatchObject({ lastUsed: 'unrecorded' });
});

test('a server that can’t disable says since when others do', async () => {
  version = '7.1.5';
  const { messages } = await run('edit', 'probe-admin', '--disable', '--yes');
  expect(messages).toContain('RavenDB does since 7.2.2');
  expect(written).toEqual([]);
});

test('a passive server is said to be one before the first change', async () => {
  version = '7.2.7';
  const { messages } = await run('upload', new URL('bob.pem', certs).pathname, '--name', 'bob');
  expect(messages).toContain('This server belongs to no cluster yet');
});
