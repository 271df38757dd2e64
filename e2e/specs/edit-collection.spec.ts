import { expect, test } from '../fixtures/console.ts';
import { codeOf } from '../support/codes.ts';
import { nameField, openEdit, save } from '../support/edit-form.ts';
import { collection, editElsewhere } from '../support/people.ts';

const shown = /^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/;

test('all certificates of a collection get the settings, and each can be deleted afterwards', async ({
  page,
  raven,
}) => {
  const members = await collection(raven, 'set', 3);
  const primary = (await raven.list()).find(({ CollectionSecondaryKeys }) => CollectionSecondaryKeys.length === 2);
  // By the address of any member one comes to the whole.
  const other = members.find((thumbprint) => thumbprint !== primary?.Thumbprint) ?? '';
  await openEdit(page, { thumbprint: other });
  await nameField(page).fill('renamed');
  await page.getByRole('radio', { name: 'Operator' }).check();
  await expect(page.getByText('All 3 certificates of this collection get these settings')).toBeVisible();
  const others = page.getByRole('list', { name: 'Other certificates of the collection' }).getByRole('link');
  await expect(others).toHaveText(primary?.CollectionSecondaryKeys ?? []);
  await save(page).click();
  await expect(page.getByText(/is saved|has come apart/).first()).toBeVisible();
  for (const thumbprint of members)
    expect(await raven.find(thumbprint)).toMatchObject({ Name: 'renamed', SecurityClearance: 'Operator' });
  const apart = await page.getByText('the collection has come apart').isVisible();
  const left = (await raven.list()).filter(({ Name }) => Name === 'renamed');
  expect(left.every(({ CollectionPrimaryKey }) => (CollectionPrimaryKey === '') === apart || !apart)).toBe(true);
  for (const { Thumbprint, CollectionPrimaryKey } of left)
    if (CollectionPrimaryKey === '') await raven.delete(Thumbprint);
  expect((await raven.list()).filter(({ Name }) => Name === 'renamed')).toEqual([]);
});

test('the new key reaches every member of a collection', async ({ page, raven }) => {
  const members = await collection(raven, raven.unique('set'), 2);
  await page.goto(`/certificates/${members[0] ?? ''}/edit`);
  await page.getByRole('radio', { name: 'Ask for a code' }).check();
  const key = (await page.getByText(shown).innerText()).replaceAll(' ', '');
  await page.getByLabel('2. Enter the code that it shows').fill(codeOf(key));
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(/is saved|has come apart/).first()).toBeVisible();
  for (const thumbprint of members) expect(await raven.find(thumbprint)).toMatchObject({ HasTwoFactor: true });
});

test('when the server fails in the middle, the rest is named and can be gone on with', async ({ page, raven }) => {
  // A key that takes another's place is sent for each, since nobody sees whose key a server keeps.
  const members = await collection(raven, raven.unique('set'), 3, 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP');
  await openEdit(page, { thumbprint: members[0] ?? '' });
  await page.getByRole('radio', { name: 'New key' }).check();
  const key = (await page.getByText(shown).innerText()).replaceAll(' ', '');
  await page.getByLabel('2. Enter the code that it shows').fill(codeOf(key));
  let edits = 0;
  await page.route('**/admin/certificates/edit*', async (route) => {
    edits += 1;
    if (edits === 2)
      await route.fulfill({ status: 503, json: { Type: 'Full', Message: 'The disk is full.', Error: '' } });
    else await route.continue();
  });
  await save(page).click();
  const notice = page.getByRole('alert').filter({ hasText: 'not for the whole collection' });
  await expect(notice).toContainText('The disk is full.');
  await expect(notice.getByRole('link')).toHaveCount(2);
  expect(edits).toBe(2);
  await notice.getByRole('button', { name: 'Go on with the rest' }).click();
  await expect(page.getByText(/is saved|has come apart/).first()).toBeVisible();
  expect(edits).toBe(4);
  for (const thumbprint of members) expect(await raven.find(thumbprint)).toMatchObject({ HasTwoFactor: true });
});

test('a member that RavenDB has cut off is in the list, and stands alone after an edit', async ({
  page,
  raven,
  site,
}) => {
  test.skip(!site.real, 'The embedded node keeps collections together.');
  const name = raven.unique('set');
  const members = await collection(raven, name, 2);
  const primary = (await raven.list()).find(({ CollectionSecondaryKeys }) => CollectionSecondaryKeys.length === 1);
  await editElsewhere(raven, primary?.Thumbprint ?? '', { name: `${name} first` });
  const orphan = members.find((thumbprint) => thumbprint !== primary?.Thumbprint) ?? '';
  await page.goto(`/?q=${name}`);
  await expect(page.getByText('2 of')).toBeVisible();
  await openEdit(page, { thumbprint: orphan });
  await expect(nameField(page)).toHaveValue(name);
  await page.getByRole('button', { name: 'Make it stand on its own' }).click();
  await expect(page.getByText('is saved')).toBeVisible();
  await raven.delete(orphan);
  expect(await raven.find(orphan)).toBeUndefined();
});
