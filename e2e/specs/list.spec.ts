import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { expectAccessible } from '../support/axe.ts';
import { registered } from '../support/people.ts';

const strange = '<b>bold</b> & "quoted"\nsecond line ../../etc';
/** By name. */
let thumbprints = new Map<string, string>();

const grid = (page: Page) => page.getByRole('grid', { name: 'Certificates' });
const row = (page: Page, name: string) =>
  grid(page)
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name, exact: true }) });
/** The rows of this file only: others may register certificates meanwhile. */
const ours = 'list test';
const names = (page: Page) => grid(page).getByRole('link').allTextContents();

test.beforeEach(async ({ page, raven }) => {
  const made = [
    { name: `${ours} soon`, ends: 9, permissions: { orders: 'ReadWrite' } },
    { name: `${ours} later`, ends: 300, permissions: { orders: 'Read', stock: 'Admin' } },
    { name: `${ours} admin`, clearance: 'ClusterAdmin' },
    { name: `${ours} operator`, clearance: 'Operator', ends: 1000 },
    { name: `${ours} ${strange}` },
  ] as const;
  thumbprints = new Map();
  for (const certificate of made) thumbprints.set(certificate.name, (await registered(raven, certificate)).thumbprint);
  await page.goto('/');
});
const thumbprintOf = (name: string) => thumbprints.get(name) ?? 'not registered';

const search = async (page: Page, text: string) => {
  await page.getByRole('searchbox', { name: 'Search by name or thumbprint' }).fill(text);
};

test('shows each certificate with what matters of it', async ({ page }) => {
  await page.goto(`/?q=${encodeURIComponent(ours)}`);
  await expect(page).toHaveTitle('Certificates · Raven Certificates');
  const soon = row(page, `${ours} soon`);
  await expect(soon.getByRole('gridcell').nth(0)).toHaveText('Expiring');
  await expect(soon.getByRole('gridcell').nth(2)).toHaveText('User');
  await expect(soon.getByRole('gridcell').nth(3)).toContainText('orders');
  await expect(soon.getByRole('gridcell').nth(3)).toContainText('write');
  await expect(soon.getByRole('gridcell').nth(5)).toHaveText(/^[89] days$/);
  await expect(soon.getByRole('gridcell').nth(7)).toContainText(thumbprintOf(`${ours} soon`).slice(0, 10));
  await expect(row(page, `${ours} operator`).getByRole('gridcell').nth(3)).toHaveText('All databases');
});

test('marks the server’s own certificate and offers nothing that can’t be done to it', async ({ page }) => {
  await page.goto('/?q=Server%20Certificate');
  const server = grid(page).getByRole('row').filter({ hasText: 'Server Certificate' }).first();
  await expect(server.getByText('Server', { exact: true })).toBeVisible();
  await server.getByRole('button', { name: /^Actions for/ }).click();
  const remove = page.getByRole('menuitem', { name: /^Delete/ });
  await expect(remove).toHaveAttribute('aria-disabled', 'true');
  await expect(remove).toContainText('changes only by replacing or renewing it');
});

test('names are text whatever they hold', async ({ page }) => {
  await page.goto('/');
  await search(page, '<b>bold</b>');
  const link = grid(page).getByRole('link');
  await expect(link).toHaveCount(1);
  expect(await link.textContent()).toBe(`${ours} ${strange}`);
  await expect(grid(page).locator('b')).toHaveCount(0);
});

test('searches names and thumbprints, says how many, and keeps it in the URL', async ({ page }) => {
  await search(page, `${ours} so`);
  await expect(grid(page).getByRole('link')).toHaveText([`${ours} soon`]);
  await expect(page).toHaveURL(/\?q=list\+test\+so$/);
  await expect(page.getByRole('status').filter({ hasText: /^1 of \d+ certificates$/ })).toBeAttached();
  await search(page, (thumbprintOf(`${ours} later`).match(/../g) ?? []).join(':').toLowerCase());
  await expect(grid(page).getByRole('link')).toHaveText([`${ours} later`]);
  // Leaving the field writes the URL at once.
  await page.getByRole('searchbox').blur();
  await expect(page).toHaveURL(/%3A/);
  await page.reload();
  await expect(grid(page).getByRole('link')).toHaveText([`${ours} later`]);
});

test('says when nothing matches and takes the filters back', async ({ page }) => {
  await page.goto('/?q=nobody-has-this-name&view=expired');
  await expect(page.getByRole('heading', { name: 'No certificate matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Reset filters' }).click();
  await expect(page).toHaveURL('/');
  await expect(grid(page).getByRole('row').nth(1)).toBeVisible();
});

test('views are filters, one click, and back undoes them', async ({ page }) => {
  await page.goto(`/?q=${encodeURIComponent(ours)}`);
  await page.getByRole('link', { name: /^Expiring in 30 days/ }).click();
  await expect(grid(page).getByRole('link')).toHaveText([`${ours} soon`]);
  await page.getByRole('link', { name: /^Admins without two-factor/ }).click();
  await expect(grid(page).getByRole('link')).toHaveText([`${ours} admin`]);
  await page.goBack();
  await expect(grid(page).getByRole('link')).toHaveText([`${ours} soon`]);
});

test('answers who can reach a database, operators and admins included', async ({ page }) => {
  await page.goto(`/?q=${encodeURIComponent(ours)}`);
  await page.getByRole('button', { name: 'Database' }).click();
  await page.getByRole('combobox', { name: 'Database' }).fill('orders');
  await page.keyboard.press('Enter');
  await expect(grid(page).getByRole('link')).toHaveText([
    `${ours} admin`,
    `${ours} operator`,
    `${ours} soon`,
    `${ours} later`,
  ]);
  await expect(page.getByText(/^orders: \d+ can administer, \d+ can write, \d+ can only read\./)).toBeVisible();
  await page.getByRole('radio', { name: 'Write or more' }).check();
  await expect(grid(page).getByRole('link')).toHaveText([`${ours} admin`, `${ours} operator`, `${ours} soon`]);
  await page.getByRole('button', { name: 'Clear filter Database' }).click();
  await expect(grid(page).getByRole('link')).toHaveCount(5);
});

test('a database that isn’t here can be asked about, and is shown as chosen', async ({ page }) => {
  await page.goto(`/?q=${encodeURIComponent(ours)}`);
  await page.getByRole('button', { name: 'Database' }).click();
  await page.getByRole('combobox', { name: 'Database' }).fill('no-such-db');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Database: no-such-db' })).toBeVisible();
  await expect(grid(page).getByRole('link')).toHaveText([`${ours} admin`, `${ours} operator`]);
});

test('opening a menu or a filter draws no row anew', async ({ page }) => {
  await page.goto(`/?q=${encodeURIComponent(ours)}`);
  await expect(grid(page).getByRole('link')).toHaveCount(5);
  // When they were last used is another question to the server, and its answer the last that changes rows by itself.
  const lastUses = grid(page).locator('[role="gridcell"][data-column="last-used"]');
  await expect(lastUses).toHaveText(Array.from({ length: 5 }, () => /\S/));
  const changes = await page.evaluateHandle(() => {
    const seen: string[] = [];
    const rows = document.querySelectorAll('[role="grid"] [role="rowgroup"]');
    for (const row of rows)
      new MutationObserver((list) => {
        for (const { target, addedNodes, removedNodes } of list)
          if (addedNodes.length + removedNodes.length > 0) seen.push((target as Element).outerHTML.slice(0, 80));
      }).observe(row, { childList: true, subtree: true, characterData: true });
    return seen;
  });
  const first = grid(page)
    .getByRole('button', { name: /^Actions for/ })
    .nth(0);
  await first.click();
  await expect(page.getByRole('menuitem', { name: 'Open' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Two-factor' }).click();
  await expect(page.getByRole('radiogroup', { name: 'Two-factor' })).toBeVisible();
  // Only the menu itself came and went.
  const rest = (await changes.jsonValue()).filter((html) => !/popover|role="menu/.test(html));
  expect(rest).toEqual([]);
});

test('filters by clearance and sorts by its headings', async ({ page }) => {
  await page.goto(`/?q=${encodeURIComponent(ours)}`);
  await page.getByRole('button', { name: 'Clearance' }).first().click();
  await page.getByRole('checkbox', { name: 'Operator', exact: true }).check();
  await page.getByRole('checkbox', { name: 'Cluster admin', exact: true }).check();
  await page.keyboard.press('Escape');
  await expect(grid(page).getByRole('link')).toHaveText([`${ours} admin`, `${ours} operator`]);
  const expires = grid(page).getByRole('columnheader', { name: 'Expires' });
  await expect(expires).toHaveAttribute('aria-sort', 'ascending');
  await expires.getByRole('button').click();
  await expect(expires).toHaveAttribute('aria-sort', 'descending');
  await expect.poll(() => names(page)).toEqual([`${ours} operator`, `${ours} admin`]);
  await expect(page).toHaveURL(/clearance=Operator,ClusterAdmin&sort=-expires/);
});

test('is worked by keyboard alone', async ({ page }) => {
  await page.goto('/');
  await expect(grid(page)).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type(ours);
  await expect(grid(page).getByRole('link')).toHaveCount(5);
  await page.keyboard.press('ArrowDown');
  await expect(grid(page).getByRole('link').nth(0)).toBeFocused();
  await page.keyboard.press('End');
  await expect(grid(page).getByRole('link').nth(4)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(grid(page).getByRole('link').nth(3)).toBeFocused();
  await page.keyboard.press('Home');
  const first = grid(page).getByRole('link').nth(0);
  await expect(first).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Open' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Edit' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(
    grid(page)
      .getByRole('button', { name: /^Actions for/ })
      .first(),
  ).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  const name = await first.textContent();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/certificates\/[0-9A-F]{40}$/);
  await page.goBack();
  await expect(page).toHaveURL(/\?q=list\+test$/);
  await expect(grid(page).getByRole('link', { name: name ?? '', exact: true })).toBeFocused();
});

test('copies a thumbprint and says so', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`/?q=${encodeURIComponent(`${ours} soon`)}`);
  // What the search found is said first, or it could take the place of what is waited for.
  await expect(page.getByRole('status').filter({ hasText: /^1 of/ })).toBeAttached();
  await row(page, `${ours} soon`).hover();
  await page.getByRole('button', { name: `Copy thumbprint of ${ours} soon` }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeAttached();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(thumbprintOf(`${ours} soon`));
});

test('points out a new certificate once', async ({ page }) => {
  const name = `${ours} later`;
  await page.goto(`/?new=${thumbprintOf(name)}`);
  await expect(page.getByText(`The certificate ${name} is in the list.`)).toBeAttached();
  await expect(row(page, name)).toBeInViewport();
  await expect(page).toHaveURL('/');
  await page.reload();
  await expect(grid(page)).toBeVisible();
  await expect(page.getByText(`The certificate ${name} is in the list.`)).not.toBeAttached();
});

test('says why it could not be loaded, and tries again', async ({ page }) => {
  const failing = '**/admin/certificates?*';
  await page.route(failing, (route) =>
    route.fulfill({ status: 500, json: { Type: 'System.InvalidOperationException', Message: 'Not ready.' } }),
  );
  await page.goto('/');
  await expect(page.getByRole('alert')).toContainText('RavenDB refused this');
  await expect(page.getByRole('alert')).toContainText('Not ready.');
  await page.unroute(failing);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(grid(page)).toBeVisible();
});

test('is a list of cards on a narrow screen, without sideways scrolling', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 800 });
  await page.goto(`/?q=${encodeURIComponent(ours)}`);
  await expect(row(page, `${ours} soon`)).toContainText('User');
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption({ label: 'Name ↓' });
  await expect(page).toHaveURL(/sort=-name/);
});

for (const path of ['/', '/?database=orders', '/?q=nobody-has-this-name'])
  test(`axe and reflow: list, ${path}`, async ({ page }) => {
    await page.goto(path);
    await expect(grid(page).or(page.getByRole('heading', { name: 'No certificate matches' }))).toBeVisible();
    await expectAccessible(page);
  });

test('a list of one page asks for no second one', async ({ page, raven }) => {
  test.skip((await raven.list()).length > 40, 'this server has more than one page');
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/admin/certificates?')) asked.push(request.url());
  });
  await page.goto('/');
  await expect(grid(page)).toBeVisible();
  await expect(page.getByText(/^\d+ certificates$/).first()).toBeVisible();
  expect(asked.filter((url) => url.includes('start='))).toHaveLength(1);
});
