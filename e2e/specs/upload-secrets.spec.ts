import { createPrivateKey, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readCertificateFile } from '../../src/pki/read-certificate-file.ts';
import { writePfx } from '../../src/pki/write-pfx.ts';
import { expect, test } from '../fixtures/console.ts';
import { certificateFile, testCertificate } from '../support/test-certificates.ts';
import { heap, traces } from '../support/traces.ts';

// A trace keeps the values of fields in the page itself.
test.use({ trace: 'off' });

/** A file with the key of `alice`, locked with a passphrase that nothing else holds. */
async function lockedFile(passphrase: string) {
  const pem = readFileSync(certificateFile('alice.pem'));
  const privateKeyPkcs8 = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
  const { certificates } = await readCertificateFile(pem);
  const pfx = await writePfx({
    certificates: certificates.map(({ der }) => der),
    privateKeyPkcs8,
    passphrase,
    encryption: 'compatible',
  });
  return { name: 'locked.pfx', mimeType: 'application/x-pkcs12', buffer: Buffer.from(pfx) };
}

test('passphrase and key of an uploaded file stay nowhere', async ({ page }) => {
  const passphrase = `phrase-${randomBytes(12).toString('hex')}`;
  const sent: string[] = [];
  const said: string[] = [];
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  page.on('console', (message) => said.push(message.text()));
  await page.goto('/upload');
  await page.getByLabel('Choose a certificate file, or drop it here').setInputFiles(await lockedFile(passphrase));
  await page.getByLabel('Passphrase of the file').fill(passphrase);
  // The control: the search finds it while it is there.
  expect(await heap(page)).toContain(passphrase);
  expect(await traces(page)).toContain(passphrase);

  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'locked.pfx' })).toBeVisible();
  expect(await traces(page)).not.toContain(passphrase);
  await page.getByRole('switch', { name: 'Require two-factor authentication' }).check();
  const shown = await page.getByText(/^[A-Z2-7]{4}( [A-Z2-7]{4}){7}$/).innerText();
  const key = shown.replaceAll(' ', '');
  await page.getByRole('button', { name: 'Skip the check' }).click();
  expect(await heap(page)).toContain(key);
  await page.getByRole('button', { name: 'Upload', exact: true }).click();
  await expect(page).toHaveURL('/');
  await expect(page.getByText('The certificate alice is in the list.')).toBeAttached();

  const left = await traces(page);
  for (const secret of [passphrase, key, shown]) {
    expect(left).not.toContain(secret);
    expect(said.join('\n')).not.toContain(secret);
  }
  const puts = sent.filter((request) => request.includes('"TwoFactorAuthenticationKey"'));
  expect(puts).toHaveLength(1);
  expect(puts[0]).toContain(testCertificate('alice').der);
  expect(sent.join('\n')).not.toContain(passphrase);
  expect(sent.filter((request) => request.includes(key))).toEqual(puts);
  await expect(async () => {
    const after = await heap(page);
    expect(after.includes(passphrase)).toBe(false);
    expect(after.includes(key)).toBe(false);
  }).toPass({ timeout: 15_000 });
});
