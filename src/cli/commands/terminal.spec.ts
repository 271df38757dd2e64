import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { currentCode } from '../../pki/totp.ts';
import { type CommandHarness, ctrlC, runOnTerminal, startHarness } from '../command-harness.ts';

let harness: CommandHarness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

const passphrase = 'correct horse';
const person = (...argv: string[]) => runOnTerminal(argv, harness.env);
const entry = async (name: string): Promise<Record<string, unknown>> =>
  JSON.parse((await harness.run(['show', name, '--json'])).output) as Record<string, unknown>;

test('a new passphrase is asked for twice and never shown', async () => {
  const { sees, types, result } = person('generate', 'alice', '--output', harness.folder, '--grant', 'Orders=Admin');
  await sees('Passphrase for the new .pfx');
  types(passphrase);
  await sees('Once more');
  types('something else');
  await sees('differ');
  await sees('Passphrase for');
  types(passphrase);
  await sees('Once more');
  types(passphrase);
  const { code, output } = await result;
  expect(code).toBe(0);
  expect(output).not.toContain('horse');
  expect(output).not.toContain('something');
  expect(output).toContain('alice.zip');
});

test('Ctrl-C at a question ends the command with nothing done', async () => {
  const before = await readdir(harness.folder);
  const { sees, types, result } = person('generate', 'nobody', '--output', harness.folder);
  await sees('Passphrase for');
  types(ctrlC);
  expect((await result).code).toBe(130);
  expect(await readdir(harness.folder)).toEqual(before);
  expect((await harness.run(['show', 'nobody'])).code).toBe(4);
});

test('a second factor is stored when a code was right, and asked for from then on', async () => {
  const { sees, types, result } = person('two-factor', 'enable', 'alice');
  const screen = await sees(/issuer=localhost\n/);
  expect(screen).toContain('█▀');
  const key = /Authentication key: ([A-Z2-7 ]+)/.exec(screen)?.[1]?.replaceAll(' ', '') ?? '';
  expect(key).toMatch(/^[A-Z2-7]{32}$/);
  await sees('six digits');
  types(currentCode(key, Date.now() - 600_000));
  await sees('That isn’t it');
  expect(await entry('alice')).toMatchObject({ hasTwoFactor: false, permissions: { Orders: 'Admin' } });
  await sees('six digits');
  types(currentCode(key, Date.now()));
  expect((await result).code).toBe(0);
  expect(await entry('alice')).toMatchObject({ hasTwoFactor: true, permissions: { Orders: 'Admin' } });

  const off = await harness.run(['two-factor', 'disable', 'alice']);
  expect(off.code).toBe(2);
  expect((await harness.run(['two-factor', 'disable', 'alice', '--yes'])).code).toBe(0);
  expect(await entry('alice')).toMatchObject({ hasTwoFactor: false });
});

test('a session: asked for, opened with a code, ended', async () => {
  const folder = join(harness.folder, 'session');
  const made = await harness.run(['generate', 'bob', '--clearance', 'Operator', '--no-passphrase', '--output', folder]);
  expect(made.code).toBe(0);
  const files = unzipSync(await readFile(join(folder, 'bob.zip')));
  const pfx = join(folder, 'bob.pfx');
  await writeFile(pfx, files['bob.pfx'] ?? '');
  const as = ['--url', harness.node.url, '--ca', harness.node.identity.ca, '--pfx', pfx];

  const enabled = await harness.run(['two-factor', 'enable', 'bob', '--no-check', '--json']);
  const { authenticationKey } = JSON.parse(enabled.output) as { authenticationKey: string };
  expect((await harness.run(['list', ...as])).code).toBe(5);
  expect((await harness.run(['list', ...as])).messages).toContain('two-factor login');
  const login = (code: string) => harness.run(['two-factor', 'login', '--duration', '5m', ...as], { input: code });
  expect((await login('abc')).code).toBe(2);
  expect((await login(currentCode(authenticationKey, Date.now() - 600_000))).code).toBe(5);
  expect(await login(`${currentCode(authenticationKey, Date.now())}\n`)).toMatchObject({ code: 0 });
  expect((await harness.run(['list', ...as])).code).toBe(0);
  expect((await harness.run(['two-factor', 'logout', ...as])).code).toBe(0);
  expect((await harness.run(['list', ...as])).code).toBe(5);
});

test('an edit keeps what somebody else changed while its question was open', async () => {
  const { sees, types, result } = person('edit', 'alice', '--disable');
  await sees('Go on?');
  expect((await harness.run(['edit', 'alice', '--grant', 'Archive=Admin'])).code).toBe(0);
  types('y');
  expect((await result).code).toBe(0);
  expect(await entry('alice')).toMatchObject({ disabled: true, permissions: { Archive: 'Admin', Orders: 'Admin' } });
});

test('deleting an admin asks for the name', async () => {
  expect((await harness.run(['generateClientCert', 'root', harness.folder])).code).toBe(0);
  const first = person('delete', 'root');
  await first.sees('Type “root”');
  first.types('y');
  expect((await first.result).code).toBe(1);
  const second = person('delete', 'root');
  await second.sees('Type “root”');
  second.types('root');
  expect((await second.result).code).toBe(0);
  expect((await harness.run(['show', 'root'])).code).toBe(4);
});

test('a table fits the terminal, and a pipe gets all of it', async () => {
  const { result } = person('list');
  const { output } = await result;
  const lines = output
    .replaceAll(/.*\r\u001b\[K/g, '')
    .trimEnd()
    .split('\n');
  expect(lines.length).toBeGreaterThan(2);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
  expect(output).not.toContain('\u001b[3');
  const piped = await harness.run(['list']);
  expect(piped.output).toMatch(/[0-9A-F]{40}/);
  expect(piped.messages).toBe('');
});
