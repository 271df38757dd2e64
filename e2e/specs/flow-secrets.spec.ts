import { createPrivateKey, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { readCertificateFile } from '../../src/pki/read-certificate-file.ts';
import { writePfx } from '../../src/pki/write-pfx.ts';
import { expect, test } from '../fixtures/console.ts';
import { registered } from '../support/people.ts';
import { certificateFile } from '../support/test-certificates.ts';
import { heap, traces } from '../support/traces.ts';

// A trace keeps the values of fields in the page itself.
test.use({ trace: 'off' });

/** What was asked of the server and said in the console from now on. */
function listen(page: Page): { sent: string[]; said: string[] } {
  const heard = { sent: [] as string[], said: [] as string[] };
  page.on('request', (request) => heard.sent.push(`${request.url()} ${request.postData() ?? ''}`));
  page.on('console', (message) => heard.said.push(message.text()));
  return heard;
}

async function expectGone(page: Page, secret: string): Promise<void> {
  expect(await traces(page)).not.toContain(secret);
  await expect(async () => expect((await heap(page)).includes(secret)).toBe(false)).toPass({ timeout: 15_000 });
}

test('the passphrase of a new server certificate leaves with the page, also when nothing was replaced', async ({
  page,
}) => {
  const passphrase = `phrase-${randomBytes(12).toString('hex')}`;
  const pem = await readFile(certificateFile('newserver.pem'));
  const { certificates } = await readCertificateFile(pem);
  const pfx = await writePfx({
    certificates: certificates.map(({ der }) => der),
    privateKeyPkcs8: createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' }),
    passphrase,
    encryption: 'compatible',
  });
  const { sent, said } = listen(page);
  await page.goto('/server/replace');
  await page
    .getByLabel('Choose the new certificate with its key, or drop it here')
    .setInputFiles({ name: 'locked.pfx', mimeType: 'application/x-pkcs12', buffer: Buffer.from(pfx) });
  await page.getByLabel('Passphrase of the file').fill(passphrase);
  // The control: the search finds it while it is there.
  expect(await heap(page)).toContain(passphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Names it has to cover' })).toBeVisible();
  await page.getByRole('link', { name: 'Certificates', exact: true }).first().click();
  const leave = page.getByRole('dialog').getByRole('button', { name: /^Leave|Discard/ });
  if (await leave.isVisible()) await leave.click();
  await expect(page).toHaveURL('/');
  await expectGone(page, passphrase);
  expect([...sent, ...said].join('\n')).not.toContain(passphrase);
});

test('the passphrase and the key of a rotation stay nowhere', async ({ page, raven }) => {
  test.setTimeout(120_000);
  const { thumbprint } = await registered(raven, { name: raven.unique('turn'), clearance: 'Operator', ends: 9 });
  const passphrase = `phrase-${randomBytes(12).toString('hex')}`;
  const { sent, said } = listen(page);
  await page.goto(`/certificates/${thumbprint}/rotate`);
  await page.getByLabel('Passphrase optional').fill(passphrase);
  expect(await heap(page)).toContain(passphrase);
  const download = page.waitForEvent('download', { timeout: 60_000 });
  await page.getByRole('button', { name: 'Issue and download' }).click();
  await download;
  await expect(page).toHaveURL(/\/rotate\?to=[0-9A-F]{40}$/);
  await expectGone(page, passphrase);
  await expectGone(page, 'PRIVATE KEY-----');
  expect(said.join('\n')).not.toContain(passphrase);
  // RavenDB makes the key and locks the file: it alone has to know.
  expect(sent.filter((request) => request.includes(passphrase))).toHaveLength(1);
});
