import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import type { Raven } from '../fixtures/raven.ts';
import { expectAccessible } from '../support/axe.ts';
import { editElsewhere, registered } from '../support/people.ts';

test.describe.configure({ timeout: 120_000 });

const grid = (page: Page) => page.getByRole('grid', { name: 'Certificates' });

/** A certificate that has a history. @returns its thumbprint */
async function changed(raven: Raven): Promise<string> {
  const { thumbprint } = await registered(raven, { name: raven.unique('axe'), permissions: { orders: 'ReadWrite' } });
  await editElsewhere(raven, thumbprint, { clearance: 'Operator', disabled: true });
  return thumbprint;
}

/** RavenDB keeps no history that can be asked for. */
const recorded = (page: Page) =>
  page.getByRole('list', { name: 'History' }).or(page.getByText('This server keeps no history that can be asked for'));

/** What no other spec looks at; each leads to a state and says by what one knows that it is still there. */
const states: [string, (page: Page, raven: Raven) => Promise<Locator>][] = [
  [
    'list, export menu open',
    async (page) => {
      await page.goto('/');
      await page.getByRole('button', { name: 'Export this list' }).click();
      return page.getByRole('menuitem', { name: 'Export as JSON' });
    },
  ],
  [
    'list, filter open',
    async (page) => {
      await page.goto('/');
      await expect(grid(page)).toBeVisible();
      await page.getByRole('button', { name: 'Database' }).click();
      return page.getByRole('combobox', { name: 'Database' });
    },
  ],
  [
    'list, changed elsewhere',
    async (page, raven) => {
      await page.clock.install();
      const text = raven.unique('live');
      for (const name of ['b', 'c']) await registered(raven, { name: `${text} ${name}` });
      await page.goto(`/?q=${encodeURIComponent(text)}&sort=name`);
      await expect(grid(page).getByRole('link')).toHaveCount(2);
      await page.getByRole('searchbox').focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await expect(grid(page).getByRole('link', { name: `${text} c` })).toBeFocused();
      await registered(raven, { name: `${text} a` });
      await page.clock.runFor(31_000);
      return page.getByRole('button', { name: '1 certificate has changed Show' });
    },
  ],
  [
    'notifications of what failed and of what went well',
    async (page, raven) => {
      const name = raven.unique('toast');
      await registered(raven, { name });
      await page.route('**/save-inventory*', (route) => route.abort());
      await page.goto(`/?q=${encodeURIComponent(name)}`);
      await page.getByRole('button', { name: 'Export this list' }).click();
      await page.getByRole('menuitem', { name: 'Export as CSV' }).click();
      await expect(page.getByText('The export couldn’t be loaded')).toBeVisible();
      await page.getByRole('button', { name: `Actions for ${name}` }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByRole('button', { name: 'Delete certificate' }).click();
      const deleted = page.getByText(`“${name}” is deleted`);
      await expect(deleted).toBeVisible();
      // It stays while the focus is on it.
      await page.getByRole('button', { name: 'Close notification' }).last().focus();
      return deleted;
    },
  ],
  [
    'keyboard shortcuts',
    async (page) => {
      await page.goto('/');
      await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
      return page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    },
  ],
  [
    'history of all',
    async (page, raven) => {
      await changed(raven);
      await page.goto('/history');
      return recorded(page);
    },
  ],
  [
    'history of one',
    async (page, raven) => {
      await page.goto(`/certificates/${await changed(raven)}/history`);
      return recorded(page);
    },
  ],
  [
    'how to use one',
    async (page, raven) => {
      await page.goto(`/certificates/${await changed(raven)}/use`);
      return page.getByRole('heading', { name: 'In an application' });
    },
  ],
  [
    'own certificate of somebody who may not manage any',
    async (page) => {
      await page.route(/\/certificates\/whoami$/, async (route) => {
        const answer = await route.fetch();
        const me = (await answer.json()) as Record<string, unknown>;
        const json = { ...me, Name: 'reader', SecurityClearance: 'ValidUser', Permissions: { orders: 'Read' } };
        await route.fulfill({ response: answer, json });
      });
      await page.goto('/');
      return page.getByRole('heading', { name: 'Your certificate' });
    },
  ],
  [
    'no such page',
    async (page) => {
      await page.goto('/no/such/page');
      return page.getByRole('heading', { name: 'There is no such page' });
    },
  ],
  [
    'list, refused',
    async (page) => {
      await page.route('**/admin/certificates?*', (route) =>
        route.fulfill({ status: 500, json: { Type: 'System.InvalidOperationException', Message: 'Not ready.' } }),
      );
      await page.goto('/');
      return page.getByRole('alert').filter({ hasText: 'RavenDB refused this' });
    },
  ],
];

for (const [name, reach] of states)
  test(`axe and reflow: ${name}`, async ({ page, raven }) => {
    const shown = await reach(page, raven);
    await expect(shown).toBeVisible();
    await expectAccessible(page);
    await expect(shown).toBeVisible();
  });

test.describe('axe and reflow: the node’s own address', () => {
  test.skip(({ site }) => site.real, 'RavenDB serves its own Studio there.');

  test('with a certificate, the console', async ({ browser, raven }) => {
    const pem = Buffer.from(raven.admin.pem);
    const context = await browser.newContext({
      ignoreHTTPSErrors: true,
      clientCertificates: [{ origin: raven.url, cert: pem, key: pem }],
    });
    const page = await context.newPage();
    await page.goto(`${raven.url}/studio/`);
    await expect(grid(page).getByRole('link').first()).toBeVisible();
    await expectAccessible(page);
    await context.close();
  });

  test('without one, why not', async ({ browser, raven }) => {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.goto(`${raven.url}/studio/`);
    await expect(page.getByRole('heading', { name: 'Your browser showed no certificate.' })).toBeVisible();
    await expectAccessible(page);
    await context.close();
  });
});
