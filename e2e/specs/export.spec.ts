import { readFileSync } from 'node:fs';
import { expect, type RavenCertificate, test } from '../fixtures/console.ts';
import { certificateFile, testCertificate } from '../support/test-certificates.ts';

test.beforeEach(async ({ page }) => {
  await page.goto('/server/export');
});

/** Thumbprints of the cluster's servers. */
const servers = (list: readonly RavenCertificate[]): string[] =>
  list.filter(({ SecurityClearance }) => SecurityClearance === 'ClusterNode').map(({ Thumbprint }) => Thumbprint);

test('the export shows its certificates and is saved as RavenDB names it', async ({ page, raven }) => {
  const [thumbprint = ''] = servers(await raven.list());
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

test('the other cluster’s thumbprint is compared with this one’s', async ({ page, raven }) => {
  const field = page.getByLabel('Thumbprint that the other console shows');
  await field.fill('nothing of the kind');
  await expect(page.getByText('No thumbprint is in this text')).toBeVisible();
  await field.fill(testCertificate('alice').thumbprint);
  await expect(page.getByText('These are not this cluster’s thumbprints.')).toBeVisible();
  await field.fill(
    servers(await raven.list())
      .join(' ')
      .toLowerCase(),
  );
  await expect(page.getByText('the other cluster knows this one')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Compare (done)' })).toBeVisible();
});

test('another cluster’s export is checked, handed to the upload, and known afterwards', async ({ page, raven }) => {
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
  expect(await raven.find(other.thumbprint)).toMatchObject({
    Name: 'Cluster localhost',
    SecurityClearance: 'ValidUser',
  });

  await page.goto('/server/export');
  await page.getByRole('radio', { name: 'Another cluster connects' }).check();
  await input.setInputFiles({ name: 'their.pem', mimeType: 'text/plain', buffer: Buffer.from(other.pem) });
  await expect(page.getByRole('heading', { name: 'Register them here (done)' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Cluster localhost' })).toBeVisible();
});
