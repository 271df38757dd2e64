import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../fixtures/console.ts';
import { identityOf, Raven } from '../fixtures/raven.ts';
import { startConsole } from '../run/console-process.mjs';
import { expectAccessible } from '../support/axe.ts';
import { testCertificate } from '../support/test-certificates.ts';

test.skip(process.env.RAVEN_ENV_FILE !== undefined, 'this starts a console of its own, on an embedded node');

test('well-known admins and issuers are shown as what they are, registered or not', async ({ page }) => {
  test.setTimeout(120_000);
  const [registered, unknown, issuer] = [testCertificate('alice'), testCertificate('bob'), testCertificate('ca1')];
  const folder = await mkdtemp(join(tmpdir(), 'raven-known-'));
  const settings = join(folder, 'settings.json');
  await writeFile(
    settings,
    JSON.stringify({
      'Security.WellKnownCertificates.Admin': `${registered.thumbprint};${unknown.thumbprint}`,
      'Security.WellKnownIssuers.Admin': issuer.der,
    }),
  );
  const console = await startConsole(['--settings', settings]);
  try {
    const { env } = console;
    const raven = new Raven({
      url: env.RAVENDB_URL ?? '',
      ca: await readFile(env.RAVENDB_CA ?? '', 'utf8'),
      admin: identityOf(await readFile(env.RAVENDB_CLIENT_PEM ?? '', 'utf8')),
      server: identityOf(await readFile(env.RAVENDB_ADMIN_PEM ?? '', 'utf8')),
    });
    await raven.put(registered.der, { name: 'Alice', permissions: { orders: 'Read' } });
    await page.goto(env.CONSOLE_URL ?? '');
    await page.getByRole('link', { name: 'Server', exact: true }).first().click();
    const admins = page.getByRole('list', { name: 'Well-known admin certificates' }).getByRole('listitem');
    await expect(admins.filter({ hasText: unknown.thumbprint })).toContainText('Not registered.');
    await expect(admins.filter({ hasText: registered.thumbprint })).toContainText('Alice');
    await expect(page.getByRole('list', { name: 'Well-known issuers' })).toContainText(issuer.thumbprint);
    await expectAccessible(page);

    await admins.getByRole('link', { name: 'Alice' }).click();
    await expect(page.getByText('A well-known admin certificate')).toBeVisible();
    await expect(page.getByText(/its holder is a cluster admin, whatever is granted here/)).toBeVisible();

    // Not registered at all, by its thumbprint.
    const { origin } = new URL(page.url());
    await page.goto(`${origin}/certificates/${unknown.thumbprint.toLowerCase()}`);
    await expect(page.getByRole('heading', { name: 'A well-known admin certificate' })).toBeVisible();
    await expect(page.getByText(unknown.thumbprint)).toBeVisible();
    await expect(page.getByRole('button', { name: /Edit|Delete|Disable/ })).toHaveCount(0);
    await page.goto(`${origin}/certificates/${issuer.thumbprint}`);
    await expect(page.getByRole('heading', { name: 'A well-known issuer' })).toBeVisible();
    await expectAccessible(page);
  } finally {
    await console.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
