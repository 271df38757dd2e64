import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { collection, editElsewhere, registered } from '../support/people.ts';
import { testCertificate } from '../support/test-certificates.ts';

const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });

test('disabled from the list’s menu and enabled again by undo', async ({ page, raven }) => {
  const name = raven.unique('switch');
  const identity = await registered(raven, { name, clearance: 'Operator' });
  await page.goto(`/?q=${name}`);
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  const asked = dialog(page, `Disable “${name}”?`);
  await expect(asked).toContainText('Connections that are open now go on until they close.');
  await expect(asked.getByRole('button', { name: 'Disable' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(asked).toBeHidden();
  await expect(page.getByText(`“${name}” is disabled`, { exact: true })).toBeVisible();
  expect((await raven.request('/databases', { as: identity })).status).toBe(403);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText(`“${name}” is enabled again`)).toBeVisible();
  expect((await raven.request('/databases', { as: identity })).status).toBe(200);
});

test('what somebody else changed since the list was loaded stays', async ({ page, raven }) => {
  const name = raven.unique('switch');
  const { thumbprint } = await registered(raven, { name, permissions: { orders: 'ReadWrite' } });
  await page.goto(`/certificates/${thumbprint}?do=disable`);
  await expect(dialog(page, `Disable “${name}”?`)).toBeVisible();
  await editElsewhere(raven, thumbprint, { name: 'renamed', permissions: { orders: 'Admin', more: 'Read' } });
  await page.getByRole('button', { name: 'Disable', exact: true }).click();
  await expect
    .poll(() => raven.find(thumbprint))
    .toMatchObject({
      Name: 'renamed',
      Permissions: { orders: 'Admin', more: 'Read' },
      Disabled: true,
    });
});

test('cancelled, nothing happens; the page behind is there', async ({ page, raven }) => {
  const name = raven.unique('switch');
  const { thumbprint } = await registered(raven, { name });
  await page.goto(`/certificates/${thumbprint}?do=disable`);
  await expect(dialog(page, `Disable “${name}”?`)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`/certificates/${thumbprint}$`));
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
  expect((await raven.find(thumbprint))?.Disabled).not.toBe(true);
});

test('a second certificate with the same key is named', async ({ page, raven }) => {
  const name = raven.unique('switch');
  const [first, second] = [testCertificate('same1'), testCertificate('same2')];
  await raven.put(first.der, { name: `${name} 1` });
  await raven.put(second.der, { name: `${name} 2` });
  await page.goto(`/certificates/${first.thumbprint}?do=disable`);
  await expect(dialog(page, `Disable “${name} 1”?`)).toContainText(`“${name} 2” has the same key`);
});

test('a whole collection is switched', async ({ page, raven }) => {
  const name = raven.unique('switch');
  const members = await collection(raven, name, 2);
  await page.goto(`/certificates/${members[0] ?? ''}?do=disable`);
  const asked = dialog(page, `Disable “${name}”?`);
  await expect(asked).toContainText('All 2 certificates of this collection are disabled');
  await asked.getByRole('button', { name: 'Disable' }).click();
  await expect(asked).toBeHidden();
  for (const thumbprint of members) expect(await raven.find(thumbprint)).toMatchObject({ Disabled: true });
});

test('what is so already, and what isn’t allowed, is said', async ({ page, raven }) => {
  const name = raven.unique('switch');
  const { thumbprint } = await registered(raven, { name });
  await page.goto(`/certificates/${thumbprint}?do=enable`);
  await expect(dialog(page, `Enable “${name}”`)).toContainText('is enabled already');
  await page.goto(`/certificates/${raven.admin.thumbprint}?do=disable`);
  await expect(page.getByRole('dialog')).toContainText('disabling it would lock you out');
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Disable' })).toHaveCount(0);
});

test('deleted meanwhile: said in the dialog', async ({ page, raven }) => {
  const name = raven.unique('switch');
  const { thumbprint } = await registered(raven, { name });
  await page.goto(`/certificates/${thumbprint}?do=disable`);
  const asked = dialog(page, `Disable “${name}”?`);
  await expect(asked).toBeVisible();
  await raven.delete(thumbprint);
  await asked.getByRole('button', { name: 'Disable' }).click();
  await expect(asked.getByRole('alert')).toContainText('deleted meanwhile');
});
