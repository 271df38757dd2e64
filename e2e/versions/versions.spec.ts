import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { atLeast } from '../../src/domain/capabilities.ts';
import { expect, test as base } from '../fixtures/console.ts';
import { cleanEnvironment, project } from '../run/project.mjs';
import { changes, nameField, openEdit, save } from '../support/edit-form.ts';
import { generateForm, issue } from '../support/generate-form.ts';
import { registered } from '../support/people.ts';
import { certificateFile, testCertificate } from '../support/test-certificates.ts';

/** The console on a real server of any version: the everyday tasks, and what that version lacks. The server is used up by it. */

/** What RavenDB has from which version on, as measured on 5.4.115, 5.4.207, 6.2.4, 7.1.5, 7.2.1, 7.2.2 and 7.2.7. */
const since = {
  twoFactor: '5.4.206',
  lastUse: '6.2',
  openKeyFile: '7.1',
  serverOnly: '7.1',
  disable: '7.2.2',
} as const;

interface CommandResult {
  readonly code: number;
  readonly output: string;
  readonly messages: string;
}

const test = base.extend<{
  has: (what: keyof typeof since) => boolean;
  /** Runs a command as the first admin, or as whoever is named. */
  cli: (argv: readonly string[], as?: readonly string[]) => Promise<CommandResult>;
}>({
  has: async ({ raven }, use) => {
    const { json } = await raven.request('/build/version');
    const { FullVersion: version } = json as { FullVersion: string };
    await use((what) => atLeast(version, since[what]));
  },
  cli: async ({ raven }, use, info) => {
    const [pem, ca] = [info.outputPath('admin.pem'), info.outputPath('ca.crt')];
    await mkdir(info.outputPath(), { recursive: true });
    await Promise.all([writeFile(pem, raven.admin.pem, { mode: 0o600 }), writeFile(ca, raven.ca)]);
    await use(
      (argv, as = ['--cert', pem]) =>
        new Promise((resolve) => {
          const child = execFile(
            process.execPath,
            [join(project, 'src/cli/raven-certificates.mjs'), ...argv, '--url', raven.url, '--ca', ca, ...as],
            { env: cleanEnvironment() },
            (error, output, messages) =>
              resolve({ code: error === null ? 0 : Number(error.code ?? 1), output, messages }),
          );
          child.stdin?.end();
        }),
    );
  },
});

// Older servers make keys of 4096 bits slowly.
test.describe.configure({ timeout: 240_000 });

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

test('list, generate, upload, edit and delete, and no button that this version can’t back', async ({
  page,
  raven,
  has,
}) => {
  await expect(row(page, 'first-admin')).toBeVisible();
  const views = page.getByRole('navigation', { name: 'Views' });
  await expect(views.getByRole('link', { name: /^Admins without two-factor/ })).toHaveCount(has('twoFactor') ? 1 : 0);
  await expect(views.getByRole('link', { name: /^Disabled/ })).toHaveCount(has('disable') ? 1 : 0);
  await expect(views.getByRole('link', { name: /^Unused/ })).toHaveCount(has('lastUse') ? 1 : 0);

  const [made, renamed] = [raven.unique('made'), raven.unique('renamed')];
  await page.goto('/generate');
  const form = generateForm(page);
  await expect(
    page.getByText(/^Protects the .pfx (and the .key file|file; the .key file beside it stays open)/),
  ).toHaveText(has('openKeyFile') ? /stays open/ : /and the .key file/);
  await expect(form.twoFactor).toHaveCount(has('twoFactor') ? 1 : 0);
  await form.name.fill(made);
  await form.clearance('Operator').check();
  await page.getByRole('radio', { name: 'Made in this browser' }).check();
  await issue(page, made);
  const generated = (await raven.list()).find(({ Name }) => Name === made);
  expect(generated).toMatchObject({ SecurityClearance: 'Operator' });

  await page.goto('/upload');
  await page.getByLabel('Choose a certificate file, or drop it here').setInputFiles(certificateFile('alice.pfx'));
  await page.getByRole('radio', { name: 'Operator' }).check();
  await page.getByRole('button', { name: 'Upload', exact: true }).click();
  await expect(page.getByText('The certificate alice is in the list.')).toBeAttached();
  const { thumbprint } = testCertificate('alice');

  await openEdit(page, { thumbprint });
  await expect(page.getByRole('switch', { name: 'Enabled' })).toHaveCount(has('disable') ? 1 : 0);
  await expect(page.getByRole('group', { name: 'Second factor' })).toHaveCount(has('twoFactor') ? 1 : 0);
  await nameField(page).fill(renamed);
  await expect(changes(page)).toHaveCount(1);
  await save(page).click();
  await expect(page.getByRole('heading', { name: renamed })).toBeVisible();
  expect(await raven.find(thumbprint)).toMatchObject({ Name: renamed });

  await page.goto(`/certificates/${thumbprint}?do=delete`);
  await page.getByRole('button', { name: 'Delete certificate' }).click();
  await expect.poll(() => raven.find(thumbprint)).toBeUndefined();
});

test('a second factor is asked for where there is one, and not offered where there is none', async ({
  raven,
  has,
  cli,
}) => {
  const name = raven.unique('second-factor');
  const person = await registered(raven, { name, clearance: 'Operator' });
  const enabled = await cli(['two-factor', 'enable', name, '--no-check', '--yes']);
  const entrance = async () => (await raven.request('/databases?namesOnly=true', { as: person })).status;
  if (!has('twoFactor')) {
    expect(enabled).toMatchObject({ code: 1, output: '' });
    expect(enabled.messages).toContain('has no second factor');
    expect((await cli(['two-factor', 'disable', name, '--yes'])).code).toBe(1);
    expect((await cli(['two-factor', 'logout'])).messages).toContain('has no second factor');
    expect(await entrance()).toBe(200);
    return;
  }
  expect(enabled).toMatchObject({ code: 0 });
  expect(await entrance()).toBe(428);
  expect(await cli(['two-factor', 'disable', name, '--yes'])).toMatchObject({ code: 0 });
  expect(await entrance()).toBe(200);
});

test('the command line works with what the server makes, and says what isn’t recorded', async ({
  page,
  raven,
  has,
  cli,
}, info) => {
  const name = raven.unique('shell');
  await mkdir(info.outputPath('key'), { recursive: true });
  const passphrase = info.outputPath('key', 'passphrase');
  await writeFile(passphrase, 'from a file\n', { mode: 0o600 });
  const made = ['generate', name, '--clearance', 'Operator', '--output', info.outputPath('key')];
  expect(await cli([...made, '--certificate-passphrase-file', passphrase])).toMatchObject({ code: 0 });

  const files = unzipSync(await readFile(info.outputPath('key', `${name}.zip`)));
  for (const ending of ['.crt', '.key']) {
    const content = Object.entries(files).find(([file]) => file.endsWith(ending))?.[1] ?? new Uint8Array();
    await writeFile(info.outputPath('key', `own${ending}`), content, { mode: 0o600 });
  }
  const key = await readFile(info.outputPath('key', 'own.key'), 'utf8');
  expect(key.includes('ENCRYPTED')).toBe(!has('openKeyFile'));
  const as = ['--cert', info.outputPath('key', 'own.crt'), '--key', info.outputPath('key', 'own.key')];
  const me = await cli(['whoami', '--json'], [...as, '--passphrase-file', passphrase]);
  expect(me).toMatchObject({ code: 0, messages: '' });
  expect(JSON.parse(me.output)).toMatchObject({ name });

  const shown = async () => (JSON.parse((await cli(['show', name, '--json'])).output) as { lastUsed: string }).lastUsed;
  const { thumbprint } = JSON.parse(me.output) as { thumbprint: string };
  await page.goto(`/certificates/${thumbprint}`);
  if (has('lastUse')) {
    await expect.poll(shown, { timeout: 40_000 }).toMatch(/^\d{4}-/);
    await page.reload();
    await expect(page.getByText(/^(now|\d+ s(ec)? ago|1 min ago)/).first()).toBeVisible();
  } else {
    expect(await shown()).toBe('unrecorded');
    await expect(page.getByText('This server doesn’t record when certificates are used')).toBeVisible();
  }

  const disabled = await cli(['edit', name, '--disable', '--yes']);
  if (has('disable')) expect(disabled).toMatchObject({ code: 0 });
  else expect(disabled.messages).toContain('can’t disable certificates');
  expect(await cli(['delete', name, '--yes'])).toMatchObject({ code: 0 });
});

test('a server certificate that the version can’t run on isn’t sent', async ({ page, has }) => {
  const file = page.getByLabel('Choose the new certificate with its key, or drop it here');
  await page.goto('/server/replace');
  await file.setInputFiles(certificateFile('serveronly.pem'));
  const fatal = page.getByText('It isn’t made for client authentication, and would end this server.');
  await expect(page.getByText(/It isn’t made for client authentication/)).toBeVisible();
  await expect(fatal).toHaveCount(has('serverOnly') ? 0 : 1);
});
