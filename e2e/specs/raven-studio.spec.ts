import { readFile } from 'node:fs/promises';
import type { Browser } from '@playwright/test';
import { unzipSync } from 'fflate';
import { expect, test as base } from '../fixtures/console.ts';
import { Raven, identityOf } from '../fixtures/raven.ts';
import { startConsole } from '../run/console-process.mjs';
import { registered } from '../support/people.ts';
import { StudioPage } from '../support/raven-studio.ts';
import { certificateFile, testCertificate } from '../support/test-certificates.ts';

/** RavenDB's own Studio, served by the embedded node: where a copy of it can be had (`RAVEN_STUDIO_ZIP`). */
const zip = process.env.RAVEN_STUDIO_ZIP ?? '';

interface OwnNode {
  readonly raven: Raven;
  /** Certificate and key of the first admin. */
  readonly pem: string;
}

const test = base.extend<object, { node: OwnNode }>({
  node: [
    async ({}, use) => {
      const console_ = await startConsole(['--studio', zip]);
      const { RAVENDB_URL = '', RAVENDB_CA = '', RAVENDB_CLIENT_PEM = '', RAVENDB_ADMIN_PEM = '' } = console_.env;
      const pem = await readFile(RAVENDB_CLIENT_PEM, 'utf8');
      const raven = new Raven({
        url: RAVENDB_URL,
        ca: await readFile(RAVENDB_CA, 'utf8'),
        admin: identityOf(pem),
        server: identityOf(await readFile(RAVENDB_ADMIN_PEM, 'utf8')),
      });
      await raven.createDatabase('Orders');
      await use({ raven, pem });
      await console_.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});

test.skip(zip === '', 'no copy of RavenDB Studio here: name a Raven.Studio.zip in RAVEN_STUDIO_ZIP');
test.skip(process.env.RAVEN_ENV_FILE !== undefined, 'a real server brings its own');
// Studio is one file of twelve megabytes, which a busy machine reads for a while.
test.describe.configure({ timeout: 300_000 });

/** A page of Studio's, as the first admin. */
async function openStudio(browser: Browser, { raven, pem }: OwnNode): Promise<StudioPage> {
  const identity = Buffer.from(pem);
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    clientCertificates: [{ origin: raven.url, cert: identity, key: identity }],
  });
  const studio = new StudioPage(await context.newPage());
  await studio.open(raven.url);
  return studio;
}

test('Studio shows what is registered, stays connected, and makes, clones, edits, disables and deletes certificates', async ({
  browser,
  node,
}) => {
  const studio = await openStudio(browser, node);
  const { page } = studio;
  const { raven } = node;
  await expect(studio.row('first-admin')).toBeVisible();

  await studio.menu('Generate client certificate');
  await studio.name('made by studio');
  await studio.grant('Orders');
  await studio.dialog.locator('.form-switch input').last().click();
  await expect(studio.dialog.locator('.qrcode img')).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent('download'), studio.submit()]);
  const files = Object.keys(unzipSync(await readFile(await download.path())));
  expect(files.some((name) => name.endsWith('.pfx'))).toBe(true);
  // The news of its end comes over the web socket.
  await expect(studio.row('made by studio')).toBeVisible();
  const made = (await raven.list()).find(({ Name }) => Name === 'made by studio');
  expect(made).toMatchObject({ Permissions: { Orders: 'ReadWrite' }, HasTwoFactor: true });

  const { thumbprint } = await registered(raven, { name: 'to be changed', permissions: { Orders: 'Read' } });
  await page.reload();
  await expect(studio.row('to be changed')).toBeVisible({ timeout: 180_000 });
  await studio.action('Edit', 'to be changed').click();
  await studio.name('changed by studio');
  await studio.submit();
  await expect(studio.row('changed by studio')).toBeVisible();
  expect(await raven.find(thumbprint)).toMatchObject({ Name: 'changed by studio' });

  await studio.action('Clone', 'changed by studio').click();
  await studio.name('cloned by studio');
  await Promise.all([page.waitForEvent('download'), studio.submit()]);
  await expect.poll(async () => (await raven.list()).some(({ Name }) => Name === 'cloned by studio')).toBe(true);

  await page.reload();
  await expect(studio.row('changed by studio')).toBeVisible({ timeout: 180_000 });
  await studio.action('Disable', 'changed by studio').click();
  await page.getByRole('button', { name: 'Disable certificate' }).last().click();
  await expect.poll(async () => (await raven.find(thumbprint))?.Disabled).toBe(true);

  const clone = (await raven.list()).find(({ Name }) => Name === 'cloned by studio');
  await studio.action('Delete', 'cloned by studio').click();
  await page.getByRole('button', { name: 'Delete certificate' }).last().click();
  await expect.poll(() => raven.find(clone?.Thumbprint ?? '')).toBeUndefined();
  await expect(page.getByText('Connection lost')).toHaveCount(0);
  await page.context().close();
});

test('Studio uploads, exports and replaces', async ({ browser, node }) => {
  const studio = await openStudio(browser, node);
  const { page } = studio;
  const { raven } = node;
  await studio.menu('Upload client certificate');
  await studio.name('brought by studio');
  await studio.dialog.locator('input[type=file]').setInputFiles(certificateFile('alice.pem'));
  await studio.grant('Orders');
  await studio.submit();
  await expect(studio.row('brought by studio')).toBeVisible();
  expect(await raven.find(testCertificate('alice').thumbprint)).toMatchObject({ Permissions: { Orders: 'ReadWrite' } });

  const [file] = await Promise.all([page.waitForEvent('download'), studio.menu('Export server certificates')]);
  expect((await readFile(await file.path())).length).toBeGreaterThan(500);

  await studio.menu('Replace server certificates');
  await studio.dialog.locator('input[type=file]').setInputFiles(certificateFile('future.pfx'));
  await studio.submit();
  const pending = testCertificate('future').thumbprint;
  await expect.poll(async () => (await raven.find(pending))?.SecurityClearance).toBe('ClusterNode');
  await raven.request('/admin/certificates/replacement/reset', { method: 'POST' });
  await page.context().close();
});
