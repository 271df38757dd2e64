import { expect, test } from '../fixtures/console.ts';
import { ask, find } from '../support/registered.ts';
import { certificateFile, testCertificate } from '../support/test-certificates.ts';

const fileInput = 'Choose the new certificate with its key, or drop it here';

test.beforeEach(async ({ page }) => {
  await page.goto('/server/replace');
  await ask(page, 'POST', '/admin/certificates/replacement/reset');
  await ask(page, 'DELETE', `/admin/certificates?thumbprint=${testCertificate('future').thumbprint}`);
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

test('the names it has to cover stand beside those it has', async ({ page }) => {
  const { body } = await ask(page, 'GET', '/admin/certificates/cluster-domains');
  const [host = ''] = (body as { ClusterDomains: string[] }).ClusterDomains;
  await page.getByLabel(fileInput).setInputFiles(certificateFile('newserver.pfx'));
  await expect(page.getByRole('list', { name: 'Names it has to cover' })).toContainText(`${host}covered`);
});

test('one that starts later stays pending, shows on the server’s page, and is cancelled without a trace', async ({
  page,
}) => {
  const future = testCertificate('future');
  await page.getByLabel(fileInput).setInputFiles(certificateFile('future.pfx'));
  await expect(page.getByText('It is valid from 2050-01-01 on.')).toBeVisible();
  const own = page.getByRole('checkbox', { name: /^I have the file of / });
  if (await own.isVisible()) await own.check();
  await page.getByRole('button', { name: 'Replace the certificate' }).click();
  await expect(page.getByRole('heading', { name: 'The server certificate is being replaced' })).toBeVisible();
  expect(await find(page, future.thumbprint)).toMatchObject({ SecurityClearance: 'ClusterNode' });

  await page.getByRole('link', { name: 'Server', exact: true }).first().click();
  await expect(page.getByRole('progressbar', { name: 'Nodes that serve it' })).toHaveAttribute('aria-valuenow', '0');
  await page.getByRole('button', { name: 'Cancel the replacement' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the replacement' }).click();
  await expect(page.getByText('Replacement cancelled: the server keeps its certificate.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'The server certificate is being replaced' })).toBeHidden();
  expect((await ask(page, 'GET', '/admin/certificates/replacement/status')).status).toBe(404);
  expect(await find(page, future.thumbprint)).toBeUndefined();
});

test('why it can’t be renewed here is said', async ({ page }) => {
  await page.goto('/server');
  const renewal = page.getByRole('region', { name: 'Renewal' });
  await expect(renewal).toContainText('setup mode None');
  await expect(renewal.getByRole('button', { name: 'Renew now' })).toHaveAttribute('aria-disabled', 'true');
});
