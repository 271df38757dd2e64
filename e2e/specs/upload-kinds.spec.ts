import { fileURLToPath } from 'node:url';
import { expect, test } from '../fixtures/console.ts';
import { certificateFile, testCertificate } from '../support/test-certificates.ts';

const fileInput = 'Choose a certificate file, or drop it here';
const sample = (name: string) => fileURLToPath(new URL(`../../src/pki/samples/${name}`, import.meta.url));
const named = (name: string, content: string | Buffer) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content),
});

test.beforeEach(async ({ page }) => {
  await page.goto('/upload');
});

test('a file as Firefox writes it asks for its passphrase at once, and shows how far opening it is', async ({
  page,
  raven,
}) => {
  // 600,000 rounds and more in the browser: seconds on a machine that is free, minutes on one that isn't.
  test.setTimeout(360_000);
  await page.getByLabel(fileInput).setInputFiles(sample('rounds-firefox-nss-default.p12'));
  const passphrase = page.getByLabel('Passphrase of the file');
  await expect(passphrase).toBeFocused();
  await passphrase.fill('Passw0rd!');
  await page.getByRole('button', { name: 'Open the file' }).click();
  await expect(page.getByRole('progressbar', { name: 'Opening the file' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('Private key inside')).toBeVisible({ timeout: 240_000 });
  await expect(page.getByText('field ec').first()).toBeVisible();
  await page.getByLabel('Name', { exact: true }).fill('from Firefox');
  await page.getByRole('button', { name: 'Upload', exact: true }).click();
  await expect(page).toHaveURL('/');
  expect((await raven.list()).map(({ Name }) => Name)).toContain('from Firefox');
});

test('PKCS#7, RavenDB’s zip and a broken second certificate are read, with a word on what was left out', async ({
  page,
}) => {
  const input = page.getByLabel(fileInput);
  const another = page.getByRole('button', { name: 'Choose another' });
  await input.setInputFiles(certificateFile('two.p7b'));
  await expect(page.getByText('PKCS#7 (.p7b) · 2 certificates')).toBeVisible();
  await another.click();
  await input.setInputFiles(sample('ravendb-download.zip'));
  await expect(page.getByText('Read from gen.crt in the zip.')).toBeVisible();
  await another.click();
  await input.setInputFiles(sample('second-block-broken.pem'));
  await expect(page.getByText('Certificate 2 of 2 in the file can’t be read and is left out.')).toBeVisible();
});

test('somebody else’s key, and a key that TLS can’t present, are said before anything is registered', async ({
  page,
}) => {
  const input = page.getByLabel(fileInput);
  await input.setInputFiles(sample('upload-key-of-another.pfx'));
  await expect(page.getByText('The private key in the file isn’t this certificate’s.')).toBeVisible();
  await page.getByRole('button', { name: 'Choose another' }).click();
  await input.setInputFiles(sample('secp256k1.cer'));
  await expect(page.getByText(/TLS doesn’t know: secp256k1\. Nobody can show/)).toBeVisible();
});

test('other files are called what they are, and one too large isn’t read', async ({ page }) => {
  const input = page.getByLabel(fileInput);
  const alert = page.getByRole('alert');
  await input.setInputFiles(sample('keystore.jks'));
  await expect(alert).toContainText('This is a Java keystore (JKS). Convert it with');
  await input.setInputFiles(named('empty.pfx', ''));
  await expect(alert).toContainText('The file is empty.');
  await input.setInputFiles(named('large.pem', Buffer.alloc(4 * 1024 * 1024 + 1, 0x20)));
  await expect(alert).toContainText('larger than 4 MB');
  await input.setInputFiles(certificateFile('carol.pem'));
  await expect(page.getByRole('heading', { name: 'carol.pem' })).toBeVisible();
});

test('pasted text is read with words behind it, and said to be cut off when it is', async ({ page }) => {
  await page.getByRole('radio', { name: 'Paste as text' }).check();
  const { der } = testCertificate('carol');
  const pem = `-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----`;
  const text = page.getByLabel('Certificate as text');
  await text.fill(pem.slice(0, 300));
  await text.blur();
  await expect(page.getByRole('alert')).toContainText('“-----END CERTIFICATE-----” is missing');
  await text.fill(`${pem.replaceAll('\n', '\\n')}\n\nRegards, Bob`);
  await expect(page.getByRole('heading', { name: 'Pasted text' })).toBeVisible();
});
