import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { identityOf, Raven } from '../fixtures/raven.ts';
import { startConsole } from '../run/console-process.mjs';
import { oddCertificate, utc } from '../../src/server/certificate-harness.ts';
import { expectAccessible } from '../support/axe.ts';
import { registered } from '../support/people.ts';

const fileInput = 'Choose a certificate file, or drop it here';
const send = (page: Page) => page.getByRole('button', { name: 'Upload', exact: true });
const rows = (page: Page) => page.getByRole('grid', { name: 'Certificates' }).getByRole('row');

async function choose(page: Page, { pem }: { readonly pem: string }): Promise<void> {
  await page.goto(new URL('/upload', page.url()).href);
  await page
    .getByLabel(fileInput)
    .setInputFiles({ name: 'made.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from(pem) });
}

test.describe('certificates of X.509 version 1', () => {
  test('are registered only after a word that says why', async ({ page, raven }) => {
    const old = oddCertificate({ version: 1, name: 'old tool' });
    await choose(page, old);
    await expect(page.getByText('It is a certificate of X.509 version 1.')).toBeVisible();
    await expect(page.getByText('whoever holds any other')).toBeVisible();
    await expect(page.getByRole('region', { name: 'In the file' }).getByText(/^1, which has no usages/)).toBeAttached();
    await expect(send(page)).toHaveAccessibleDescription('Confirm first: Register it although others may get in as it');
    await send(page).click({ force: true });
    expect(await raven.find(old.thumbprint)).toBeUndefined();
    await expectAccessible(page);
    await page.getByRole('checkbox', { name: 'Register it although others may get in as it' }).check();
    await send(page).click();
    await expect(page).toHaveURL(/\/(\?.*)?$/);
    expect(await raven.find(old.thumbprint)).toMatchObject({ Name: 'old tool' });
  });

  test('are marked in the list and in their details where RavenDB takes them for one', async ({ page }) => {
    test.setTimeout(180_000);
    test.skip(process.env.RAVEN_ENV_FILE !== undefined, 'this starts a console of its own, on an embedded node');
    const console = await startConsole(['--as-ravendb', '--licence', 'none']);
    try {
      const { env } = console;
      const server = identityOf(await readFile(env.RAVENDB_ADMIN_PEM ?? '', 'utf8'));
      const raven = new Raven({
        url: env.RAVENDB_URL ?? '',
        ca: await readFile(env.RAVENDB_CA ?? '', 'utf8'),
        admin: server,
        server,
      });
      const [first, second] = [oddCertificate({ version: 1 }), oddCertificate({ version: 1 })];
      const sound = oddCertificate();
      await raven.put(first.der, { name: 'first old', clearance: 'Operator' });
      await raven.put(second.der, { name: 'second old' });
      await raven.put(sound.der, { name: 'sound' });
      // What the mark is about: a stranger gets in as one of them.
      const stranger = oddCertificate({ version: 1 });
      expect((await raven.request('/databases', { as: stranger })).status).toBe(200);

      await page.goto(env.CONSOLE_URL ?? '');
      for (const name of ['first old', 'second old'])
        await expect(
          rows(page).filter({ hasText: name }).getByText('Version 1', { exact: true }).first(),
        ).toBeVisible();
      await expect(rows(page).filter({ hasText: 'sound' }).getByText('Version 1')).toHaveCount(0);
      await expectAccessible(page);

      await page.goto(new URL(`/certificates/${first.thumbprint}`, page.url()).href);
      await expect(page.getByText('A certificate of X.509 version 1')).toBeVisible();
      await expect(page.getByText('whoever holds any other gets in as this one')).toBeVisible();
      await expect(page.getByRole('link', { name: 'second old' })).toBeVisible();
      await expect(page.getByText('same key')).toHaveCount(0);
      await expect(page.getByRole('region', { name: 'The certificate' })).toContainText(/Version\s*1, which has no/);
      await expectAccessible(page);
      await page.goto(new URL(`/certificates/${sound.thumbprint}`, page.url()).href);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('sound');
      await expect(page.getByText('version 1')).toHaveCount(0);
    } finally {
      await console.stop();
    }
  });
});

test('a file whose dates can’t be read says so before anything is sent', async ({ page }) => {
  await choose(page, oddCertificate({ notAfter: utc('361301000000Z') }));
  await expect(page.getByRole('alert')).toContainText('can’t be read, and RavenDB refuses it');
});

test('an entry that can’t be read hides no other, and can be deleted', async ({ page, raven }) => {
  const text = raven.unique('odd');
  const { thumbprint } = await registered(raven, { name: `${text} unreadable` });
  await registered(raven, { name: `${text} sound` });
  // The embedded node takes no such certificate; what a server lists that has one is its answer without the date.
  const end = new RegExp(`("Thumbprint":"${thumbprint}"[^]*?"NotAfter":)"[^"]+"`);
  await page.route(/\/admin\/certificates(\?|$)/, async (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    try {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replace(end, '$1null') });
      return;
    } catch {
      // The page went on meanwhile.
      return undefined;
    }
  });
  await page.goto(`/?q=${encodeURIComponent(text)}&sort=name`);
  await expect(rows(page).filter({ hasText: `${text} sound` })).toContainText(/year|month|day/);
  await expect(rows(page).filter({ hasText: `${text} unreadable` })).toContainText('Unreadable');
  await expectAccessible(page);
  await page.getByRole('link', { name: `${text} unreadable` }).click();
  await expect(page.getByText('This entry can’t be read', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Edit' })).toHaveAccessibleDescription(/can only be deleted/);
  await page.goto(`/certificates/${thumbprint}?do=delete`);
  await page.getByRole('button', { name: 'Delete certificate' }).click();
  await expect(page.getByText(`“${text} unreadable” is deleted`)).toBeVisible();
  expect(await raven.find(thumbprint)).toBeUndefined();
});
