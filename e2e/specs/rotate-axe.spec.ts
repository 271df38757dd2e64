import { expect, test } from '../fixtures/console.ts';
import { expectAccessible } from '../support/axe.ts';
import { shownKey } from '../support/generate-form.ts';
import { registered } from '../support/people.ts';

test.describe.configure({ timeout: 120_000 });

test('axe and reflow: rotate, before the new one is issued, with a second factor', async ({ page, raven }) => {
  const name = raven.unique('old');
  const old = await registered(raven, {
    name,
    permissions: { 'a-database-with-a-name-that-is-far-longer-than-any-column': 'ReadWrite' },
    ends: 5,
    twoFactorKey: 'A'.repeat(32),
  });
  // A candidate to go on with.
  await registered(raven, {
    name,
    permissions: { 'a-database-with-a-name-that-is-far-longer-than-any-column': 'ReadWrite' },
  });
  await page.goto(`/certificates/${old.thumbprint}/rotate`);
  await shownKey(page);
  await expect(page.getByRole('button', { name: 'Go on with this one' })).toBeVisible();
  await expectAccessible(page);
});

test('axe and reflow: rotate, an admin’s, not used yet, and finished', async ({ page, raven }) => {
  const name = raven.unique('old');
  const old = await registered(raven, { name, clearance: 'ClusterAdmin', ends: 5 });
  const next = await registered(raven, { name, clearance: 'ClusterAdmin' });
  await page.goto(`/certificates/${old.thumbprint}/rotate?to=${next.thumbprint}`);
  await expect(page.getByText('The new one hasn’t been used yet:')).toBeVisible();
  await expectAccessible(page);
  await raven.delete(old.thumbprint);
  await page.reload();
  await expect(page.getByText(`“${name}” is rotated`)).toBeVisible();
  await expectAccessible(page);
});
