import { expect, test } from '../fixtures/console.ts';
import { expectAccessible } from '../support/axe.ts';
import { codeOf, newKey } from '../support/codes.ts';
import { registered } from '../support/people.ts';

test('two-factor: asked, refused with all settings, session in the header, nothing owed', async ({
  page,
  raven,
  consoleAs,
}) => {
  test.slow();
  const key = newKey();
  const identity = await registered(raven, { name: raven.unique('axe'), clearance: 'ClusterAdmin', twoFactorKey: key });
  await page.goto(await consoleAs(identity));
  const code = page.getByLabel('Authentication code');
  await expect(code).toBeVisible();
  await expectAccessible(page);
  await code.fill('000000');
  await expect(page.getByText('That code wasn’t accepted')).toBeVisible();
  await page.getByRole('radio', { name: 'Every client' }).check();
  await page.getByLabel('Session lasts').selectOption('Another length…');
  await page.getByLabel('Minutes').fill('0');
  await expectAccessible(page);
  await page.getByLabel('Minutes').fill('30');
  await code.fill(codeOf(key));
  await expect(page.getByRole('group', { name: 'Two-factor session' })).toBeVisible();
  await expectAccessible(page);
  await page.goto(new URL('/two-factor', page.url()).href);
  await expect(page.getByRole('button', { name: 'Go on' })).toBeVisible();
  await expectAccessible(page);
});
