import { expect, test } from '../fixtures/console.ts';
import { readCertificateFile } from '../../src/pki/read-certificate-file.ts';
import { addDatabases, generateForm, issue } from '../support/generate-form.ts';
import { registered } from '../support/people.ts';
import { zipOf } from '../support/zip.ts';

test('a certificate for two databases comes as a zip, is pointed out in the list, and gets in', async ({
  page,
  raven,
}) => {
  const name = raven.unique('returns worker');
  const database = raven.unique('orders');
  await raven.createDatabase(database);
  // The list may have asked for the databases before this one was there.
  await page.reload();
  await page.getByRole('link', { name: 'Generate certificate' }).first().click();
  await expect(page).toHaveURL('/generate');
  await expect(page).toHaveTitle('Generate a client certificate · Raven Certificates');
  const form = generateForm(page);
  await form.name.fill(name);
  await form.database.click();
  await page.getByRole('option', { name: database }).click();
  await addDatabases(page, 'not-there-yet');
  await form.level('not-there-yet', 'Read').check();
  await expect(form.database).toHaveAccessibleDescription(/“not-there-yet” doesn’t exist on this server/);
  await expect(form.canDo).toContainText(/not-there-yet\s*read\s*The rest\s*no access/);
  await form.passphrase.fill('correct horse');

  const saved = await issue(page, name);
  // The message goes by itself, but not from under the pointer.
  await page.getByText(`“${name}” is issued`).hover();
  const zip = await zipOf(saved);
  expect(zip.fileName).toBe(`${name}.zip`);
  expect(zip.names).toEqual([`${name}.pfx`, `${name}.crt`, `${name}.key`]);
  await expect(readCertificateFile(zip.pfx, 'another horse')).rejects.toThrow();
  expect((await readCertificateFile(zip.pfx, 'correct horse')).hasPrivateKey).toBe(true);
  // The mark of the new one stays out of the address: a reload doesn't point it out again.
  await expect(page).toHaveURL('/');
  await expect(page.getByText(`The certificate ${name} is in the list.`)).toBeAttached();
  await expect(page.getByRole('grid').getByRole('link', { name })).toBeInViewport();
  await page.getByRole('button', { name: 'How to use it' }).click();
  await expect(page).toHaveURL(`/certificates/${zip.identity.thumbprint}/use`);

  expect(await raven.find(zip.identity.thumbprint)).toMatchObject({
    Name: name,
    SecurityClearance: 'ValidUser',
    Permissions: { [database]: 'ReadWrite', 'not-there-yet': 'Read' },
  });
  const who = await raven.whoami(zip.identity);
  expect(who.json).toMatchObject({ Name: name, SecurityClearance: 'ValidUser' });
  expect((await raven.request('/databases?namesOnly=true', { as: zip.identity })).json).toEqual({
    Databases: [database],
  });
  const refused = await raven.request('/admin/certificates', { as: zip.identity });
  expect([refused.status, refused.json]).toEqual([403, expect.objectContaining({ Type: 'InvalidAuth' })]);
});

test('an operator reaches all databases and not the cluster, whatever was chosen for a user', async ({
  page,
  raven,
}) => {
  const name = raven.unique('ops');
  const form = generateForm(page);
  await page.goto('/generate');
  await form.name.fill(name);
  await addDatabases(page, 'stock');
  await form.clearance('Operator').check();
  await expect(form.databases).toHaveCount(0);
  await expect(form.canDo).toContainText(/All databases\s*admin/);
  await expect(form.canDo).toContainText(/Cluster\s*no access/);
  // Chosen databases come back with the clearance.
  await form.clearance('User').check();
  await expect(form.databases).toContainText('stock');
  await form.clearance('Operator').check();
  const { identity } = await zipOf(await issue(page, name));
  expect(await raven.find(identity.thumbprint)).toMatchObject({ SecurityClearance: 'Operator', Permissions: {} });
  expect((await raven.request('/admin/certificates', { as: identity })).status).toBe(200);
  expect((await raven.request('/admin/certificates/mode', { as: identity })).status).toBe(403);
});

test('an operator may not issue a cluster admin, and is told so', async ({ page, raven, consoleAs }) => {
  const operator = await registered(raven, { name: raven.unique('an operator'), clearance: 'Operator' });
  await page.goto(await consoleAs(operator));
  await page.goto(new URL('/generate', page.url()).href);
  const form = generateForm(page);
  await expect(form.clearance('Cluster admin')).toBeDisabled();
  await expect(form.clearance('Cluster admin')).toHaveAccessibleDescription('Only a cluster admin may give it');
  const name = raven.unique('from an operator');
  await form.name.fill(name);
  await form.clearance('Operator').check();
  const { identity } = await zipOf(await issue(page, name));
  expect(await raven.find(identity.thumbprint)).toMatchObject({ Name: name, SecurityClearance: 'Operator' });
});

test('a user without a database is asked about', async ({ page, raven }) => {
  const name = raven.unique('nobody yet');
  const form = generateForm(page);
  await page.goto('/generate');
  await form.name.fill(name);
  await form.generate.click();
  const dialog = page.getByRole('dialog', { name: 'Issue it without a database?' });
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(form.database).toBeFocused();
  await form.generate.click();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Generate anyway' }).click();
  const { identity } = await zipOf(await download);
  expect(await raven.find(identity.thumbprint)).toMatchObject({ Permissions: {} });
});

test('it ends when the form says', async ({ page, raven }) => {
  const form = generateForm(page);
  const endOf = async (name: string): Promise<string | null | undefined> =>
    (await raven.list()).find((entry) => entry.Name === name)?.NotAfter;
  const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  await page.goto('/generate');
  const spanned = raven.unique('ninety days');
  await form.name.fill(spanned);
  await form.clearance('Operator').check();
  await expect(form.expiry).toHaveValue('5');
  await form.expiry.fill('90');
  await form.unit.selectOption('days');
  await issue(page, spanned);
  expect(await endOf(spanned)).toMatch(`${inDays(90)}T23:59:59`);

  await page.goto('/generate');
  const dated = raven.unique('until a day');
  await form.name.fill(dated);
  await form.clearance('Operator').check();
  await form.unit.selectOption('on a day');
  await page.getByLabel('Expires', { exact: true }).fill(inDays(40));
  await issue(page, dated);
  expect(await endOf(dated)).toMatch(`${inDays(40)}T23:59:59`);
});

test('another like it begins with rights, span and a name of its own', async ({ page, raven }) => {
  const name = raven.unique('pattern');
  const { thumbprint } = await registered(raven, {
    name,
    permissions: { orders: 'Admin', stock: 'ReadWrite' },
    begins: 0,
    ends: 90,
  });
  await page.goto(`/generate?from=${thumbprint}`);
  const form = generateForm(page);
  await expect(form.name).toHaveValue(`${name} (2)`);
  await expect(form.level('orders', 'Admin')).toBeChecked();
  await expect(form.level('stock', 'Read and write')).toBeChecked();
  await expect(form.twoFactor).not.toBeChecked();
  await page.goto(`/generate?from=${'0'.repeat(40)}`);
  await expect(page.getByText('The certificate to begin with isn’t registered')).toBeVisible();
  await page.getByRole('link', { name: 'Begin with an empty form' }).click();
  await expect(form.name).toHaveValue('');
});

test('many databases are found, set and added together', async ({ page, raven }) => {
  const names = Array.from({ length: 16 }, (_, index) => `bulk${String(index)}`);
  await page.goto('/generate');
  const form = generateForm(page);
  const name = raven.unique('many');
  await form.name.fill(name);
  await addDatabases(page, ...names);
  await page.getByRole('searchbox', { name: 'Find among 16 databases' }).fill('bulk1');
  await expect(form.databases.getByRole('listitem')).toHaveCount(7);
  await page
    .getByRole('radiogroup', { name: 'Access to all 7 databases shown' })
    .getByRole('radio', { name: 'Admin' })
    .check();
  await expect(form.canDo).toContainText(/7 databases\s*admin/);
  await expect(form.canDo).toContainText(/9 databases\s*read and write/);
  const { identity } = await zipOf(await issue(page, name));
  const permissions = (await raven.find(identity.thumbprint))?.Permissions ?? {};
  expect(permissions).toMatchObject({ bulk1: 'Admin', bulk15: 'Admin', bulk2: 'ReadWrite' });
  expect(Object.keys(permissions)).toHaveLength(16);
});

test('nothing but Read needs a licence for it', async ({ page, raven, site }) => {
  const name = raven.unique('reader');
  await page.goto('/generate');
  const form = generateForm(page);
  await form.name.fill(name);
  await addDatabases(page, 'orders');
  await form.level('orders', 'Read').check();
  if (site.real) {
    await expect(page.getByText('The server’s licence has no read-only certificates')).toBeVisible();
    await form.generate.click();
    await expect(page).toHaveURL('/generate');
    expect((await raven.list()).some((entry) => entry.Name === name)).toBe(false);
    await addDatabases(page, 'stock');
    await expect(page.getByText('The server’s licence has no read-only certificates')).toHaveCount(0);
  }
  const { identity } = await zipOf(await issue(page, name));
  expect(await raven.find(identity.thumbprint)).toMatchObject({ Permissions: { orders: 'Read' } });
});

test('the keyboard alone generates a certificate', async ({ page, raven }) => {
  const name = raven.unique('by keyboard');
  await page.getByRole('heading', { name: 'Certificates', level: 1 }).waitFor();
  await page.keyboard.press('g');
  const form = generateForm(page);
  await expect(page.getByRole('heading', { name: 'Generate a client certificate' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(form.name).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  await expect(form.clearance('Operator')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(form.clearance('User')).toBeChecked();
  await page.keyboard.press('Tab');
  await expect(form.database).toBeFocused();
  await page.keyboard.type('orders-by-key');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('button', { name: 'Remove orders-by-key' })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowRight');
  await expect(form.level('orders-by-key', 'Admin')).toBeChecked();
  await form.name.focus();
  const download = page.waitForEvent('download', { timeout: 60_000 });
  await page.keyboard.press('Enter');
  await expect(form.stop).toBeFocused();
  const { identity } = await zipOf(await download);
  expect(await raven.find(identity.thumbprint)).toMatchObject({ Permissions: { 'orders-by-key': 'Admin' } });
  await expect(page.getByRole('heading', { name: 'Certificates', level: 1 })).toBeFocused();
});
