import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { changes, nameField, openEdit, save, user } from '../support/edit-form.ts';
import { editElsewhere } from '../support/people.ts';

const theirs = (page: Page) => page.getByRole('alert').filter({ hasText: 'Somebody else changed this certificate' });
const side = (page: Page, what: string) => page.getByRole('radiogroup', { name: `${what}: which change holds` });

test('an untouched field keeps their change, a touched one mine; nothing is asked', async ({ page, raven }) => {
  const alice = await user(raven);
  await openEdit(page, alice);
  await page.getByRole('radiogroup', { name: 'Access to stock' }).getByRole('radio', { name: 'Admin' }).check();
  await editElsewhere(raven, alice.thumbprint, {
    name: `${alice.name} theirs`,
    permissions: { orders: 'Admin', stock: 'Read', more: 'Read' },
  });
  await save(page).click();
  await expect(theirs(page)).toContainText(`Name: ${alice.name} → ${alice.name} theirs`);
  await expect(theirs(page)).toContainText('orders: Read and write → Admin');
  await expect(theirs(page)).toContainText('more: no access → Read');
  expect((await raven.find(alice.thumbprint))?.Permissions).toEqual({ orders: 'Admin', stock: 'Read', more: 'Read' });
  await expect(changes(page)).toHaveText(['stockRead → Admin']);
  await save(page).click();
  await expect
    .poll(() => raven.find(alice.thumbprint))
    .toMatchObject({
      Name: `${alice.name} theirs`,
      Permissions: { orders: 'Admin', stock: 'Admin', more: 'Read' },
    });
});

test('where both changed the same, one chooses field by field, and nothing typed is lost', async ({ page, raven }) => {
  const alice = await user(raven);
  await openEdit(page, alice);
  await nameField(page).fill('mine');
  await page.getByRole('radio', { name: 'Operator' }).check();
  await editElsewhere(raven, alice.thumbprint, { name: 'theirs', clearance: 'ClusterAdmin' });
  await save(page).click();
  await expect(theirs(page)).toContainText('(you: mine)');
  await expect(save(page)).toHaveAccessibleDescription('First choose whose change holds.');
  await expect(nameField(page)).toHaveValue('mine');
  await side(page, 'Name').getByRole('radio', { name: 'Keep mine' }).check();
  await side(page, 'Clearance').getByRole('radio', { name: 'Take theirs' }).check();
  await save(page).click();
  await expect
    .poll(() => raven.find(alice.thumbprint))
    .toMatchObject({ Name: 'mine', SecurityClearance: 'ClusterAdmin' });
});

test('all of theirs, or all of mine', async ({ page, raven }) => {
  const alice = await user(raven);
  await openEdit(page, alice);
  await nameField(page).fill('mine');
  await page.getByRole('switch', { name: 'Enabled' }).uncheck();
  await page.getByRole('radio', { name: 'Operator' }).check();
  await editElsewhere(raven, alice.thumbprint, { name: 'theirs', clearance: 'ClusterAdmin' });
  await save(page).click();
  await page.getByRole('button', { name: 'Take all theirs' }).click();
  await expect(nameField(page)).toHaveValue('theirs');
  await expect(changes(page)).toHaveText(['Stateenabled → disabled']);
  await page.getByRole('button', { name: 'Keep all mine' }).click();
  await expect(changes(page)).toHaveText([
    'Nametheirs → mine',
    'ClearanceCluster admin → Operator',
    'Stateenabled → disabled',
  ]);
});

test('it is said when the window comes back, before anything is saved', async ({ page, raven }) => {
  const alice = await user(raven);
  await openEdit(page, alice);
  await nameField(page).fill('mine');
  await editElsewhere(raven, alice.thumbprint, { name: 'theirs' });
  await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
  await expect(theirs(page)).toContainText('(you: mine)');
  await expect(nameField(page)).toHaveValue('mine');
});

test('a deleted certificate is named as such, and what was typed stays', async ({ page, raven }) => {
  const alice = await user(raven);
  await openEdit(page, alice);
  await nameField(page).fill('mine');
  await raven.delete(alice.thumbprint);
  await save(page).click();
  await expect(page.getByRole('alert')).toContainText('was deleted meanwhile');
  await expect(nameField(page)).toHaveValue('mine');
  await expect(save(page)).toHaveAccessibleDescription(/It was deleted/);
  expect(await raven.find(alice.thumbprint)).toBeUndefined();
});
