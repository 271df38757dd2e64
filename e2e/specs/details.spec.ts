import { readFile } from 'node:fs/promises';
import { X509Certificate } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { expectAccessible } from '../support/axe.ts';
import { newKey } from '../support/codes.ts';
import { collection, registered } from '../support/people.ts';
import { testCertificate } from '../support/test-certificates.ts';
import { heap, traces } from '../support/traces.ts';

const granted = (page: Page) => page.getByRole('region', { name: 'What the server grants' });
const databases = (page: Page) => page.getByRole('region', { name: 'Databases' });
const written = (page: Page) => page.getByRole('region', { name: /^The certificates?$/ });

test('shows what the server grants and what is written in the certificate', async ({ page, raven }) => {
  const name = raven.unique('details');
  const identity = await raven.generate({ name, permissions: { orders: 'ReadWrite', stock: 'Admin' } });
  const x509 = new X509Certificate(identity.pem);
  await page.goto(`/certificates/${identity.thumbprint}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(page).toHaveTitle(`${name} · Raven Certificates`);
  await expect(granted(page)).toContainText(/Valid · (4\.\d|5) years left/);
  await expect(granted(page)).toContainText(/Clearance\s*User/);
  await expect(granted(page)).toContainText(/Second factor\s*not asked/);
  await expect(granted(page)).toContainText('not since the servers started');
  await expect(databases(page).getByRole('listitem')).toHaveText([/orders\s*Read and write/, /stock\s*Admin/]);
  await expect(written(page)).toContainText(`CN=${name}`);
  await expect(written(page)).toContainText(/RSA, 4096 bits · signed with SHA-512/);
  await expect(written(page)).toContainText('client authentication');
  await expect(written(page)).toContainText(identity.thumbprint);
  await expect(written(page)).toContainText(x509.serialNumber);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download as PEM' }).click();
  const saved = await readFile(await (await download).path(), 'utf8');
  expect(new X509Certificate(saved).fingerprint256).toBe(x509.fingerprint256);
  expect(saved).not.toContain('PRIVATE');
});

test('thumbprints are copied, and it is said', async ({ page, raven, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { thumbprint } = await registered(raven, { name: raven.unique('details') });
  await page.goto(`/certificates/${thumbprint}`);
  await page.getByRole('button', { name: 'Copy thumbprint' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeAttached();
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(thumbprint);
});

test('its actions lead on, and what isn’t allowed says why', async ({ page, raven }) => {
  const name = raven.unique('details');
  const { thumbprint } = await registered(raven, { name, permissions: { orders: 'Read', stock: 'Admin' }, ends: -1 });
  await page.goto(`/certificates/${thumbprint}`);
  await expect(granted(page)).toContainText(/Expired · ended 1 day ago/);
  await expect(page.getByRole('button', { name: 'Edit' })).toHaveAccessibleDescription(
    /Expired certificates can’t be edited/,
  );
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Issue another with these rights' }).click();
  await expect(page).toHaveURL(`/generate?from=${thumbprint}`);
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(`${name} (2)`);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
});

test('the server’s own certificate is shown, and changes elsewhere', async ({ page, raven }) => {
  await page.goto(`/certificates/${raven.server.thumbprint}`);
  await expect(page.getByText('This is the server’s own certificate')).toBeVisible();
  await expect(written(page)).toContainText(raven.server.thumbprint);
  await expect(page.getByRole('button', { name: 'Edit' })).toHaveAccessibleDescription(/replacing or renewing/);
  await page.getByRole('link', { name: 'Server page' }).click();
  await expect(page).toHaveURL('/server');
});

test('this console’s own certificate is marked', async ({ page, raven }) => {
  await page.goto(`/certificates/${raven.admin.thumbprint}`);
  await expect(page.getByText('This console uses this certificate')).toBeVisible();
  await expect(databases(page)).toContainText('All databases, as admin.');
});

test('a thumbprint that nobody knows has a sentence and a way on; lower case is known', async ({ page, raven }) => {
  await page.goto(`/certificates/${'0'.repeat(40)}`);
  await expect(page.getByText('No certificate with this thumbprint is registered')).toBeVisible();
  await page.getByRole('link', { name: 'All certificates', exact: true }).click();
  await expect(page).toHaveURL('/');
  const name = raven.unique('details');
  const { thumbprint } = await registered(raven, { name });
  await page.goto(`/certificates/${thumbprint.toLowerCase()}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
});

test('a member of a collection leads to all of it', async ({ page, raven }) => {
  const name = raven.unique('set');
  const members = await collection(raven, name, 2);
  const entries = await Promise.all(members.map((thumbprint) => raven.find(thumbprint)));
  const secondary = entries.find((entry) => entry?.CollectionPrimaryKey !== '')?.Thumbprint ?? '';
  await page.goto(`/certificates/${secondary}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(page.getByText(`${secondary} is one of the 2 certificates of “${name}”`)).toBeVisible();
  for (const thumbprint of members) await expect(written(page)).toContainText(thumbprint);
});

test('who has the same key is named', async ({ page, raven }) => {
  const name = raven.unique('twin');
  const [first, second] = [testCertificate('same1'), testCertificate('same2')];
  await raven.put(first.der, { name: `${name} 1` });
  await raven.put(second.der, { name: `${name} 2` });
  await page.goto(`/certificates/${first.thumbprint}`);
  await expect(page.getByText('Another certificate has the same key')).toBeVisible();
  await page.getByRole('link', { name: `${name} 2` }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${name} 2`);
});

test('a name is text whatever it holds', async ({ page, raven }) => {
  const name = `<img src=x onerror="document.title='owned'"> "q"\n../x \u202eevil ${raven.unique('n')}`;
  const { thumbprint } = await registered(raven, { name });
  await page.goto(`/certificates/${thumbprint}`);
  await expect(granted(page)).toContainText('Clearance');
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(name);
  await expect(page.getByRole('img')).toHaveCount(0);
});

test('the authentication key of a certificate never reaches the browser', async ({ page, raven }) => {
  const twoFactorKey = newKey();
  const { thumbprint } = await registered(raven, { name: raven.unique('secret'), twoFactorKey });
  const answers: string[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/admin/'))
      void response.text().then(
        (text) => answers.push(text),
        () => undefined,
      );
  });
  await page.goto(`/certificates/${thumbprint}`);
  await expect(granted(page)).toContainText('asked when it connects');
  await expect(written(page)).toContainText(thumbprint);
  await expect.poll(() => answers.join('').includes(thumbprint)).toBe(true);
  expect(answers.join('')).not.toContain(twoFactorKey);
  expect(await traces(page)).not.toContain(twoFactorKey);
  expect((await heap(page)).includes(twoFactorKey)).toBe(false);
});

test('axe and reflow: details', async ({ page, raven }) => {
  test.setTimeout(180_000);
  const name = raven.unique(`a name that goes on ${'and on '.repeat(12)}`);
  const permissions = Object.fromEntries(
    Array.from({ length: 14 }, (_, index) => [`database${index}`, 'Read' as const]),
  );
  const user = await registered(raven, { name, permissions: { ...permissions, orders: 'Admin' } });
  const paths = [user.thumbprint, raven.admin.thumbprint, raven.server.thumbprint, '0'.repeat(40)];
  for (const thumbprint of paths) {
    await page.goto(`/certificates/${thumbprint}`);
    await expect(page.getByText(thumbprint).first()).toBeVisible();
    await expectAccessible(page);
  }
});
