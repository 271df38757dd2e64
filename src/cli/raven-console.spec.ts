import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type CommandHarness, ctrlC, openTerminal, startHarness } from './command-harness.ts';
import { connect, type Connection } from './connection.ts';
import { type RavenConsole, startRavenConsole } from './raven-console.ts';

let harness: CommandHarness;
let connection: Connection;
let screen: ReturnType<typeof openTerminal>;
let console_: RavenConsole;
let links = 0;
let quits = 0;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());
beforeEach(async () => {
  screen = openTerminal(harness.env);
  connection = await connect({}, screen.terminal);
  [links, quits] = [0, 0];
  console_ = startRavenConsole({
    ...screen.terminal,
    api: connection.api,
    serverUrl: connection.serverUrl,
    onNewLink: () => console_.print(`link ${String((links += 1))}`),
    onQuit: () => (quits += 1),
    info: () => 'version 7.2.7',
  });
});
afterEach(async () => {
  console_.close();
  await connection.close();
});

test('makes and trusts certificates with RavenDB’s commands', async () => {
  const folder = join(harness.folder, 'with blank');
  const { sees, types } = screen;
  await sees('ravendb> ');
  types(`generateClientCert alice "${folder}" secret`);
  await sees('registered as cluster admin');
  expect(await readdir(folder)).toEqual(['admin.client.certificate.alice.zip']);
  types(`GENERATECLIENTCERT alice '${folder}'`);
  await sees('exists already');
  types(`generateClientCert alice "${folder}" --force`);
  await sees('registered as cluster admin');
  types(`trustClientCert bob ${harness.node.client?.pfx ?? ''}`);
  await sees('registered as cluster admin: ');
  types('trustClientCert bob');
  await sees('Usage: trustClientCert');
  types('trustClientCert bob /no/such/file.pfx');
  await sees("can't be read");
  const { output } = await harness.run(['list', '--json']);
  const names = (JSON.parse(output) as { name: string }[]).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['alice', 'bob']));
});

test('Enter prints a link, info and help answer, an unknown word is named', async () => {
  const { sees, types } = screen;
  types('');
  await sees('link 1');
  types('info');
  await sees('version 7.2.7');
  types('help');
  await sees('trustClientCert <name>');
  types('\u001b[31mfoo');
  await sees('There is no command');
  types('generateClientCert "open');
  await sees('quote isn’t closed');
  expect(quits).toBe(0);
});

test.each(['quit', ctrlC])('%j ends it once', async (typed) => {
  const { sees, types } = screen;
  await sees('ravendb> ');
  types(typed);
  await expect.poll(() => quits).toBe(1);
  console_.close();
  expect(quits).toBe(1);
});

test('a password doesn’t come back with the arrow key', async () => {
  const { sees, types } = screen;
  types('info');
  await sees('version');
  types(`generateClientCert x ${join(harness.node.identity.ca, 'none')} secret`);
  await sees("can't be written");
  types('\u001b[A');
  await sees('version');
});
