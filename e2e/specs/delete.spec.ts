import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { expectAccessible } from '../support/axe.ts';
import { collection, registered } from '../support/people.ts';
import { testCertificate } from '../support/test-certificates.ts';

const dialog = (page: Page, name: string) => page.getByRole('dialog', { name: `Delete “${name}”?` });
const confirm = (page: Page) => page.getByRole('button', { name: 'Delete certificate' });

test('from the list and back to it as it was left; the certificate is refused afterwards', async ({ page, raven }) => {
  const name = raven.unique('to delete');
  const identity = await registered(raven, { name, permissions: { orders: 'ReadWrite', stock: 'Read' } });
  expect((await raven.request('/databases', { as: identity })).status).toBe(200);
  await page.goto(`/?q=${encodeURIComponent(name)}&sort=-expires`);
  const address = page.url();
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const asked = dialog(page, name);
  await expect(asked).toContainText('Lost: User, with orders (read and write), stock (read).');
  await expect(asked).toContainText('Connections that are open now go on until they close.');
  // The harmless button has the focus.
  await expect(asked.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await confirm(page).click();
  await expect(page.getByText(`“${name}” is deleted`)).toBeVisible();
  await expect(page).toHaveURL(address);
  await expect(page.getByRole('grid').getByRole('link', { name })).toHaveCount(0);
  expect(await raven.find(identity.thumbprint)).toBeUndefined();
  expect((await raven.request('/databases', { as: identity })).status).toBe(403);
  await page.goto(`/certificates/${identity.thumbprint}`);
  await expect(page.getByText('No certificate with this thumbprint is registered')).toBeVisible();
});

test('an admin’s certificate goes only with its name typed', async ({ page, raven }) => {
  const name = `${raven.unique('admin')}\n<b>two  lines</b>`;
  const { thumbprint } = await registered(raven, { name, clearance: 'ClusterAdmin' });
  await page.goto(`/certificates/${thumbprint}?do=delete`);
  const typed = page.getByRole('textbox', { name: /^Type .* to delete this admin’s certificate$/ });
  await expect(typed).toBeFocused();
  await expect(page.getByRole('dialog').locator('b b')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await typed.fill('another name');
  await page.keyboard.press('Enter');
  await expect(confirm(page)).toHaveAccessibleDescription('Type the name of the certificate first.');
  await confirm(page).click({ force: true });
  expect(await raven.find(thumbprint)).toBeDefined();
  await typed.fill(name.replace('\n', ' '));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/');
  expect(await raven.find(thumbprint)).toBeUndefined();
});

test('Escape and Cancel leave it where it is', async ({ page, raven }) => {
  const name = raven.unique('stays');
  const { thumbprint } = await registered(raven, { name });
  for (const leave of [
    () => page.keyboard.press('Escape'),
    () => page.getByRole('button', { name: 'Cancel' }).click(),
  ]) {
    await page.goto(`/certificates/${thumbprint}?do=delete`);
    await expect(dialog(page, name)).toBeVisible();
    await leave();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page).toHaveURL(`/certificates/${thumbprint}`);
  }
  expect(await raven.find(thumbprint)).toBeDefined();
});

test('the whole collection goes, and that is said', async ({ page, raven }) => {
  const name = raven.unique('set');
  const members = await collection(raven, name, 3);
  const entries = await Promise.all(members.map((thumbprint) => raven.find(thumbprint)));
  const primary = entries.find((entry) => entry?.CollectionPrimaryKey === '')?.Thumbprint ?? '';
  await page.goto(`/certificates/${primary}?do=delete`);
  await expect(dialog(page, name)).toContainText('The 2 other certificates of its collection are deleted too.');
  await confirm(page).click();
  await expect(page).toHaveURL('/');
  const left = (await raven.list()).map(({ Thumbprint }) => Thumbprint);
  expect(members.filter((thumbprint) => left.includes(thumbprint))).toEqual([]);
});

test('who would still get in by the same key is named', async ({ page, raven }) => {
  const name = raven.unique('twin');
  const [first, second] = [testCertificate('same1'), testCertificate('same2')];
  await raven.put(first.der, { name: `${name} 1` });
  await raven.put(second.der, { name: `${name} 2` });
  await page.goto(`/certificates/${first.thumbprint}?do=delete`);
  await expect(dialog(page, `${name} 1`)).toContainText(`“${name} 2” has the same key: its holder is still let in`);
});

test('the server’s own and this console’s certificate aren’t deleted', async ({ page, raven }) => {
  await page.goto(`/certificates/${raven.server.thumbprint}?do=delete`);
  await expect(page.getByRole('dialog')).toContainText('changes only by replacing or renewing it');
  await expect(confirm(page)).toHaveCount(0);
  await page.goto(`/certificates/${raven.admin.thumbprint}?do=delete`);
  await expect(page.getByRole('dialog')).toContainText('deleting it would lock you out');
  await expect(confirm(page)).toHaveCount(0);
});

test('a failure stays in the dialog, and the next try works', async ({ page, raven, context }) => {
  const name = raven.unique('second try');
  const { thumbprint } = await registered(raven, { name });
  await page.goto(`/certificates/${thumbprint}?do=delete`);
  await expect(dialog(page, name)).toBeVisible();
  await context.setOffline(true);
  await confirm(page).click();
  await expect(dialog(page, name).getByRole('alert')).toContainText('doesn’t answer');
  await context.setOffline(false);
  await confirm(page).click();
  await expect(page).toHaveURL('/');
  expect(await raven.find(thumbprint)).toBeUndefined();
});

test('the keyboard alone deletes a certificate', async ({ page, raven }) => {
  const name = raven.unique('by keyboard');
  const { thumbprint } = await registered(raven, { name });
  await page.goto('/');
  await page.getByRole('grid').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type(name);
  await expect(page.getByRole('grid').getByRole('link')).toHaveText([name]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name, level: 1 })).toBeFocused();
  const more = page.getByRole('button', { name: 'More actions' });
  for (let stop = 0; stop < 8 && !(await more.evaluate((button) => button === document.activeElement)); stop += 1)
    await page.keyboard.press('Tab');
  await expect(more).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(confirm(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText(`“${name}” is deleted`)).toBeVisible();
  expect(await raven.find(thumbprint)).toBeUndefined();
});

test('axe and reflow: delete', async ({ page, raven }) => {
  test.setTimeout(120_000);
  const { thumbprint } = await registered(raven, { name: raven.unique('admin'), clearance: 'ClusterAdmin' });
  for (const path of [`/certificates/${thumbprint}?do=delete`, `/certificates/${raven.admin.thumbprint}?do=delete`]) {
    await page.goto(path);
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page);
  }
});
