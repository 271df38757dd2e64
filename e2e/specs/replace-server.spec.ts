import { once } from 'node:events';
import { connect } from 'node:tls';
import { expect, test } from '../fixtures/console.ts';
import { startConsole } from '../run/console-process.mjs';
import { certificateFile, testCertificate } from '../support/test-certificates.ts';

const fileInput = 'Choose the new certificate with its key, or drop it here';

test.beforeEach(async ({ page }) => {
  await page.goto('/server/replace');
});

test.afterEach(async ({ raven }) => {
  await raven.request('/admin/certificates/replacement/reset', { method: 'POST' });
});

test('what RavenDB would refuse is said before it is asked', async ({ page }) => {
  let posts = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST') posts += 1;
  });
  const replace = page.getByRole('button', { name: 'Replace the certificate' });
  const wrong: [string, string][] = [
    ['alice.pfx', 'Its key is of the type EC; RavenDB takes RSA keys only.'],
    ['expiredserver.pfx', 'It expired on 2021-01-01.'],
  ];
  for (const [file, reason] of wrong) {
    await page.getByLabel(fileInput).setInputFiles(certificateFile(file));
    await expect(page.getByRole('alert').filter({ hasText: reason })).toBeVisible();
    await replace.click({ force: true });
    await page.getByRole('button', { name: 'Choose another' }).click();
  }
  await page.getByLabel(fileInput).setInputFiles({
    name: 'bare.pem',
    mimeType: 'text/plain',
    buffer: Buffer.from(testCertificate('newserver').pem),
  });
  await expect(page.getByText('The file holds no private key.')).toBeVisible();
  await replace.click({ force: true });
  expect(posts).toBe(0);
});

test('the names it has to cover stand beside those it has', async ({ page, raven }) => {
  const { json } = await raven.request('/admin/certificates/cluster-domains');
  const [host = ''] = (json as { ClusterDomains: string[] }).ClusterDomains;
  await page.getByLabel(fileInput).setInputFiles(certificateFile('newserver.pfx'));
  await expect(page.getByRole('list', { name: 'Names it has to cover' })).toContainText(`${host}covered`);
});

test('one that starts later stays pending, shows on the server’s page, and is cancelled without a trace', async ({
  page,
  raven,
}) => {
  const future = testCertificate('future');
  await page.getByLabel(fileInput).setInputFiles(certificateFile('future.pfx'));
  await expect(page.getByText('It is valid from 2050-01-01 on.')).toBeVisible();
  const own = page.getByRole('checkbox', { name: /^I have the file of / });
  if (await own.isVisible()) await own.check();
  await page.getByRole('button', { name: 'Replace the certificate' }).click();
  await expect(page.getByRole('heading', { name: 'The server certificate is being replaced' })).toBeVisible();
  expect(await raven.find(future.thumbprint)).toMatchObject({ SecurityClearance: 'ClusterNode' });

  await page.getByRole('link', { name: 'Server', exact: true }).first().click();
  await expect(page.getByRole('progressbar', { name: 'Nodes that serve it' })).toHaveAttribute('aria-valuenow', '0');
  await page.getByRole('button', { name: 'Cancel the replacement' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the replacement' }).click();
  await expect(page.getByText('Replacement cancelled: the server keeps its certificate.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'The server certificate is being replaced' })).toBeHidden();
  expect((await raven.request('/admin/certificates/replacement/status')).status).toBe(404);
  expect(await raven.find(future.thumbprint)).toBeUndefined();
});

test('whether and when the server renews by itself is said', async ({ page, raven }) => {
  const { json } = await raven.request('/admin/certificates/mode');
  const { SetupMode: mode } = json as { SetupMode: string };
  await page.goto('/server');
  const renewal = page.getByRole('region', { name: 'Renewal' });
  await expect(renewal).toContainText(`setup mode ${mode}`);
  const renew = renewal.getByRole('button', { name: 'Renew now' });
  if (mode === 'LetsEncrypt') {
    await expect(renewal).toContainText(/next on \d{4}-\d\d-\d\d\./);
    await expect(renew).toBeEnabled();
  } else {
    await expect(renewal).toContainText('nothing renews');
    await expect(renew).toBeDisabled();
  }
});

test.describe('on a server of its own', () => {
  // What these do to a server, the tests after them couldn't work with.
  test.skip(({ site }) => site.real, 'the real server is shared by all tests');

  const own = test.extend<{ console: { url: string; served: () => Promise<string> } }>({
    console: async ({}, use) => {
      const process = await startConsole();
      const { hostname, port } = new URL(process.env.RAVENDB_URL ?? '');
      const served = async () => {
        const socket = connect({ host: hostname, port: Number(port), servername: hostname, rejectUnauthorized: false });
        await once(socket, 'secureConnect');
        const { fingerprint } = socket.getPeerCertificate();
        socket.destroy();
        return fingerprint.replaceAll(':', '');
      };
      await use({ url: process.env.CONSOLE_URL ?? '', served });
      await process.stop();
    },
  });

  own('renew now: the new certificate is served and shown', async ({ page, console: { url, served } }) => {
    const before = await served();
    await page.goto(url);
    await page.getByRole('link', { name: 'Server', exact: true }).first().click();
    const card = page.getByRole('region', { name: 'This server’s certificate' });
    await expect(card).toContainText(before);
    await page.getByRole('button', { name: 'Renew now' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Renew now' }).click();
    await expect(page.getByText('The server asks for a new certificate')).toBeVisible();
    await expect.poll(served, { timeout: 60_000 }).not.toBe(before);
    await expect(card).toContainText(await served(), { timeout: 30_000 });
  });

  own('replace: from the file to being served', async ({ page, console: { url, served } }) => {
    const next = testCertificate('newserver');
    await page.goto(url);
    await page.goto(`${new URL(url).origin}/server/replace`);
    await page.getByLabel(fileInput).setInputFiles(certificateFile('newserver.pfx'));
    await expect(page.getByText('It is self-signed: no authority vouches for it.')).toBeVisible();
    await page.getByRole('radio', { name: 'Now' }).check();
    const sent = page.waitForRequest((request) => request.url().includes('replaceImmediately=true'));
    await page.getByRole('button', { name: 'Replace the certificate' }).click();
    await sent;
    await expect.poll(served, { timeout: 30_000 }).toBe(next.thumbprint);
    // Nobody vouches for it: the console trusts it because the server named it while it still showed the old one.
    await expect(page.getByText('The new certificate is served.')).toBeVisible({ timeout: 30_000 });
  });
});
