import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { expectAccessible } from '../support/axe.ts';
import { addDatabases, generateForm, shownKey } from '../support/generate-form.ts';

test.describe.configure({ timeout: 120_000 });

const states: [string, (page: Page) => Promise<void>][] = [
  ['empty', () => Promise.resolve()],
  [
    'everything wrong',
    async (page) => {
      const form = generateForm(page);
      await form.expiry.fill('x');
      await form.twoFactor.check();
      await shownKey(page);
      await form.generate.click();
      await expect(form.name).toBeFocused();
    },
  ],
  [
    'full, with suggestions open',
    async (page) => {
      const form = generateForm(page);
      await form.name.fill('x'.repeat(200));
      await addDatabases(page, 'orders', 'a-database-with-a-name-that-is-far-longer-than-any-column-of-this-page');
      await form.twoFactor.check();
      await shownKey(page);
      await form.skip.click();
      await form.database.fill('more');
      await expect(page.getByRole('option', { name: 'Add “more”' })).toBeVisible();
    },
  ],
  ['many databases', (page) => addDatabases(page, ...Array.from({ length: 14 }, (_, index) => `db${String(index)}`))],
  [
    'asking about no database',
    async (page) => {
      const form = generateForm(page);
      await form.name.fill('someone');
      await form.generate.click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  ],
  [
    'being made',
    async (page) => {
      const form = generateForm(page);
      await form.name.fill('someone');
      await form.clearance('Operator').check();
      await page.route('**/admin/certificates', () => undefined);
      await form.generate.click();
      await expect(form.stop).toBeVisible();
    },
  ],
  [
    'made in the browser, and not registered',
    async (page) => {
      const form = generateForm(page);
      await form.name.fill('someone');
      await form.clearance('Operator').check();
      await page.getByRole('radio', { name: 'Made in this browser' }).check();
      await page.route('**/admin/certificates', (route) => route.abort());
      await form.generate.click();
      await expect(page.getByText('No answer came: it may be registered or not')).toBeVisible();
    },
  ],
  [
    'failed',
    async (page) => {
      const form = generateForm(page);
      await form.name.fill('someone');
      await form.clearance('Operator').check();
      await page.context().setOffline(true);
      await form.generate.click();
      await expect(page.getByRole('alert').last()).toBeVisible();
      await page.context().setOffline(false);
    },
  ],
];

for (const [name, reach] of states)
  test(`axe and reflow: generate, ${name}`, async ({ page }) => {
    await page.goto('/generate');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await reach(page);
    await expectAccessible(page);
  });
