import { expect, test } from '../fixtures/console.ts';
import { expectAccessible } from '../support/axe.ts';
import { collection, editElsewhere, registered } from '../support/people.ts';

test('edit: untouched, changed with a new key and errors, contradicted, left', async ({ page, raven }) => {
  test.slow();
  const databases = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [`database-${index}`, 'Read' as const]),
  );
  const { thumbprint } = await registered(raven, {
    name: raven.unique('axe'),
    permissions: { ...databases, x: 'Admin' },
  });
  await page.goto(`/certificates/${thumbprint}/edit`);
  const name = page.getByRole('textbox', { name: 'Name' });
  await expect(name).toBeVisible();
  await expectAccessible(page);
  for (const database of ['database-1', 'database-2', 'database-3', 'database-4', 'database-5', 'database-6'])
    await page.getByRole('button', { name: `Remove ${database}`, exact: true }).click();
  await page.getByRole('radio', { name: 'Ask for a code' }).check();
  await page.getByRole('switch', { name: 'Enabled' }).uncheck();
  await name.fill('');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Enter the code that the app shows')).toBeVisible();
  await expectAccessible(page);
  await name.fill('mine');
  await page.getByRole('button', { name: 'Skip the check' }).click();
  await editElsewhere(raven, thumbprint, { name: 'theirs', clearance: 'Operator' });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Somebody else changed this certificate')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page);
});

test('edit: refused, deleted, of a collection; switch', async ({ page, raven }) => {
  test.slow();
  await page.goto(`/certificates/${raven.server.thumbprint}/edit`);
  await expect(page.getByText('can’t be edited').first()).toBeVisible();
  await expectAccessible(page);
  const [member = ''] = await collection(raven, raven.unique('axe'), 3);
  await page.goto(`/certificates/${member}?do=disable`);
  await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
  await expectAccessible(page);
  await page.goto(`/certificates/${member}/edit`);
  await page.getByRole('textbox', { name: 'Name' }).fill('other');
  await expectAccessible(page);
  await raven.delete(
    (await raven.list()).find(({ CollectionSecondaryKeys }) => CollectionSecondaryKeys.length === 2)?.Thumbprint ?? '',
  );
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('was deleted meanwhile')).toBeVisible();
  await expectAccessible(page);
});
