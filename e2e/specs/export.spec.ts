import { readFileSync } from 'node:fs';
import { expect, test } from '../fixtures/console.ts';
import { ask, find, listed, remove } from '../support/registered.ts';
import { byThumbprint, certificateFile, testCertificate } from '../support/test-certificates.ts';

test.beforeEach(async ({ page }) => {
  await page.goto('/server/export');
  await remove(page, byThumbprint('newserver'));
});

const served = async (page: Parameters<typeof ask>[0]): Promise<string> =>
  ((await ask(page, 'GET', '/admin/certificates?metadataOnly=true')).body as { LoadedServerCert: string })
    .LoadedServerCert;

test('the export shows its certificates and is saved as RavenDB names it', async ({ page }) => {
  const thumbprint = await served(page);
  const rows = page.getByRole('list', { name: 'Certificates in the export' });
  await expect(rows).toContainText(thumbprint);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download .pfx' }).first().click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('ServerCertificatesCollection.pfx');
  const bytes = readFileSync(await file.path());
  // A PKCS#12 file: version 3 in a SEQUENCE.
  expect(bytes[0]).toBe(0x30);
  expect(bytes.includes(Buffer.from([0x02, 0x01, 0x03]))).toBe(true);
});

test('the other cluster’s thumbprint is compared with this one’s', async ({ page }) => {
  const thumbprint = await served(page);
  const field = page.getByLabel('Thumbprint that the other console shows');
  await field.fill('nothing of the kind');
  await expect(page.getByText('No thumbprint is in this text')).toBeVisible();
  await field.fill(testCertificate('alice').thumbprint);
  await expect(page.getByText('These are not this cluster’s thumbprints.')).toBeVisible();
  const all = (await listed(page)).filter(({ SecurityClearance }) => SecurityClearance === 'ClusterNode');
  await field.fill([thumbprint, ...all.map(({ Thumbprint }) => Thumbprint)].join(' ').toLowerCase());
  await expect(page.getByText('the other cluster knows this one')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Compare (done)' })).toBeVisible();
});

test('another cluster’s export is checked, handed to the upload, and known afterwards', async ({ page }) => {
  const other = testCertificate('newserver');
  await page.getByRole('radio', { name: 'Another cluster connects' }).check();
  const input = page.getByLabel('Choose the other cluster’s export, or drop it here');
  const register = page.getByRole('button', { name: 'Choose their access…' });
  await input.setInputFiles(certificateFile('alice.pem'));
  await expect(page.getByText('These aren’t certificates of servers.')).toBeVisible();
  await register.click({ force: true });
  await expect(page).toHaveURL('/server/export');
  await page.getByRole('button', { name: 'Choose another' }).click();
  await input.setInputFiles({ name: 'their.pem', mimeType: 'text/plain', buffer: Buffer.from(other.pem) });
  await register.click();

  await expect(page).toHaveURL('/upload');
  await expect(page.getByText(other.thumbprint)).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Cluster localhost');
  await page.getByRole('button', { name: 'Upload', exact: true }).click();
  await expect(page).toHaveURL('/');
  expect(await find(page, other.thumbprint)).toMatchObject({
    Name: 'Cluster localhost',
    SecurityClearance: 'ValidUser',
  });

  await page.goto('/server/export');
  await page.getByRole('radio', { name: 'Another cluster connects' }).check();
  await input.setInputFiles({ name: 'their.pem', mimeType: 'text/plain', buffer: Buffer.from(other.pem) });
  await expect(page.getByRole('heading', { name: 'Register them here (done)' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Cluster localhost' })).toBeVisible();
});
