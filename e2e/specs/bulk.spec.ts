import type { Page, Route } from '@playwright/test';
import type { Raven } from '../fixtures/raven.ts';
import { expect, test } from '../fixtures/console.ts';
import { expectAccessible } from '../support/axe.ts';
import { newKey } from '../support/codes.ts';
import { editElsewhere, registered } from '../support/people.ts';

const grid = (page: Page) => page.getByRole('grid', { name: 'Certificates' });
const bar = (page: Page) => page.getByRole('group', { name: 'Selected certificates' });
/** What came of a run, beside the announcement of it. */
const outcome = (page: Page) => page.getByRole('main').getByText(/^\d+ certificates (are|can)/);
const results = (page: Page) => page.getByRole('list', { name: 'Results' });

/** Some certificates that a search for the returned text finds, in the order of their names. */
async function several(
  raven: Raven,
  count: number,
  more: object = {},
): Promise<{ text: string; thumbprints: string[] }> {
  const text = raven.unique('many');
  const thumbprints: string[] = [];
  for (let index = 0; index < count; index += 1)
    thumbprints.push(
      (
        await registered(raven, {
          name: `${text} ${String(index)}`,
          permissions: { orders: 'Read', stock: 'ReadWrite' },
          ...more,
        })
      ).thumbprint,
    );
  return { text, thumbprints };
}

async function openList(page: Page, text: string, count: number): Promise<void> {
  await page.goto(`/?q=${encodeURIComponent(text)}&sort=name`);
  await expect(grid(page).getByRole('link')).toHaveCount(count);
}

async function selectAll(page: Page, count: number): Promise<void> {
  await page.getByRole('checkbox', { name: `Select all ${String(count)}` }).click();
  await expect(bar(page)).toContainText(`${String(count)} selected`);
}

test('five get access to a database in five clicks, and nothing else of them changes', async ({ page, raven }) => {
  await raven.createDatabase('db7');
  const { text, thumbprints } = await several(raven, 6, { twoFactorKey: newKey() });
  await openList(page, text, 6);
  const box = (index: number) => page.getByRole('checkbox', { name: `Select ${text} ${String(index)}`, exact: true });
  await box(0).click();
  await box(4).click({ modifiers: ['Shift'] });
  await expect(bar(page)).toContainText('5 selected');
  await bar(page).getByRole('button', { name: 'Give access…' }).click();
  await page.getByRole('option', { name: 'db7' }).click();

  await expect(page).toHaveURL('/bulk?do=grant&database=db7');
  const list = page.getByRole('list', { name: '5 will get access' });
  await expect(list.getByRole('listitem')).toHaveCount(5);
  await expect(list.getByRole('listitem').first()).toContainText(/no access.*→.*Read and write/);
  await page.getByRole('button', { name: 'Give 5 certificates access' }).click();
  await expect(outcome(page)).toHaveText('5 certificates can reach db7');
  for (const [index, thumbprint] of thumbprints.entries())
    expect(await raven.find(thumbprint)).toMatchObject({
      Permissions: { orders: 'Read', stock: 'ReadWrite', ...(index < 5 ? { db7: 'ReadWrite' } : {}) },
      HasTwoFactor: true,
    });
  // Back where it began, with the same search.
  await page.getByRole('link', { name: 'Back to the list' }).click();
  await expect(page).toHaveURL(`/?q=${text.replaceAll(' ', '+')}&sort=name`);
  await expect(grid(page).getByRole('link')).toHaveCount(6);
  // What is done is done: nothing stays selected to be changed once more.
  await expect(bar(page)).toHaveCount(0);
});

test('all that match are disabled, but for those that can’t, with the reason; and enabled again', async ({
  page,
  raven,
}) => {
  const { text, thumbprints } = await several(raven, 3);
  await editElsewhere(raven, thumbprints[1] ?? '', { disabled: true });
  await page.goto('/');
  await expect(grid(page)).toBeVisible();
  const total = await raven.list().then((all) => all.length);
  await selectAll(page, total);
  await bar(page).getByRole('button', { name: 'Disable' }).click();
  await expect(page.getByRole('list', { name: /can’t be changed$/ })).toContainText('disabling it would lock you out');
  await expect(page.getByRole('list', { name: /can’t be changed$/ })).toContainText('server');
  await expect(page.getByRole('list', { name: '1 is disabled already' })).toContainText(`${text} 1`);
  const start = page.getByRole('button', { name: /^Disable \d+ certificates$/ });
  await start.click();
  await expect(outcome(page)).toHaveText(/^\d+ certificates are disabled$/);
  for (const thumbprint of thumbprints) expect(await raven.find(thumbprint)).toMatchObject({ Disabled: true });
  expect(await raven.find(raven.admin.thumbprint)).toMatchObject({ Disabled: false });
  await page.getByRole('link', { name: /^Enable \d+ certificates again$/ }).click();
  await page.getByRole('button', { name: /^Enable \d+ certificates$/ }).click();
  await expect(outcome(page)).toHaveText(/^\d+ certificates are enabled$/);
  // The one that was disabled before stays so.
  expect(await raven.find(thumbprints[1] ?? '')).toMatchObject({ Disabled: true });
  expect(await raven.find(thumbprints[0] ?? '')).toMatchObject({ Disabled: false });
});

test('what somebody else changed since the dry run is shown first, and stays', async ({ page, raven }) => {
  const { text, thumbprints } = await several(raven, 3);
  await openList(page, text, 3);
  await selectAll(page, 3);
  await bar(page).getByRole('button', { name: 'Take access…' }).click();
  await page.getByRole('option', { name: /orders/ }).click();
  await expect(page.getByRole('list', { name: '3 will lose access' })).toBeVisible();
  await editElsewhere(raven, thumbprints[0] ?? '', { permissions: { stock: 'Admin' } });
  await page.getByRole('button', { name: 'Take access from 3 certificates' }).click();
  await expect(page.getByRole('alert')).toContainText('Somebody else changed some of these certificates');
  expect(await raven.find(thumbprints[1] ?? '')).toMatchObject({ Permissions: { orders: 'Read' } });
  await page.getByRole('button', { name: 'Take access from 2 certificates' }).click();
  await expect(outcome(page)).toHaveText('2 certificates can’t reach orders any more');
  expect((await raven.find(thumbprints[0] ?? ''))?.Permissions).toEqual({ stock: 'Admin' });
  expect((await raven.find(thumbprints[1] ?? ''))?.Permissions).toEqual({ stock: 'ReadWrite' });
});

test('a server that goes away in the middle is gone on with, and single failures are tried again', async ({
  page,
  raven,
}) => {
  const { text, thumbprints } = await several(raven, 8);
  await openList(page, text, 8);
  await selectAll(page, 8);
  await bar(page).getByRole('button', { name: 'Disable' }).click();
  let edits = 0;
  const refuse = async (route: Route) => {
    edits += 1;
    if (edits === 2) await route.fulfill({ status: 500, json: { Type: 'RachisApplyException', Message: 'Odd.' } });
    else if (edits > 4) await route.abort('connectionrefused');
    else await route.continue();
  };
  await page.route('**/admin/certificates/edit*', refuse);
  await page.getByRole('button', { name: 'Disable 8 certificates' }).click();
  await expect(page.getByRole('button', { name: /^Go on with \d$/ })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Could not be changed' }).getByRole('listitem')).toContainText(['Odd.']);
  const disabled = async () =>
    (await Promise.all(thumbprints.map((thumbprint) => raven.find(thumbprint)))).filter((one) => one?.Disabled).length;
  expect(await disabled()).toBe(3);
  await page.unroute('**/admin/certificates/edit*', refuse);
  await page.getByRole('button', { name: /^Go on with \d$/ }).click();
  await page.getByRole('button', { name: 'Try it again' }).click();
  await expect(outcome(page)).toHaveText('8 certificates are disabled');
  expect(await disabled()).toBe(8);
});

test('a run is stopped and gone on with; leaving one is asked about', async ({ page, raven }) => {
  const { text, thumbprints } = await several(raven, 7);
  await openList(page, text, 7);
  await selectAll(page, 7);
  await bar(page).getByRole('button', { name: 'Disable' }).click();
  const held: Route[] = [];
  let holding = true;
  await page.route('**/admin/certificates/edit*', async (route) => {
    if (holding) held.push(route);
    else await route.continue();
  });
  await page.getByRole('button', { name: 'Disable 7 certificates' }).click();
  await expect.poll(() => held.length).toBe(4);
  await page.getByRole('link', { name: 'Certificates', exact: true }).first().click();
  await expect(page.getByRole('dialog', { name: 'Leave while this runs?' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Stop' }).click();
  // Those that were begun come to their end.
  holding = false;
  await Promise.all(held.map((route) => route.continue()));
  await expect(page.getByText('Stopped, with 3 left')).toBeVisible();
  await expect(results(page).getByText('Done')).toHaveCount(4);
  await page.getByRole('button', { name: 'Go on with 3' }).click();
  await expect(outcome(page)).toHaveText('7 certificates are disabled');
  for (const thumbprint of thumbprints) expect(await raven.find(thumbprint)).toMatchObject({ Disabled: true });
});

test('admins are deleted only with their number typed; what is deleted leaves the selection', async ({
  page,
  raven,
}) => {
  const { text, thumbprints } = await several(raven, 2, { clearance: 'ClusterAdmin', permissions: {} });
  await openList(page, text, 2);
  await selectAll(page, 2);
  await bar(page).getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('This can’t be undone.')).toBeVisible();
  const start = page.getByRole('button', { name: 'Delete 2 certificates' });
  await expect(start).toHaveAccessibleDescription('Type 2 first.');
  await page.getByRole('textbox', { name: /^Type 2 to delete/ }).fill('2');
  await start.click();
  await expect(outcome(page)).toHaveText('2 certificates are deleted');
  for (const thumbprint of thumbprints) expect(await raven.find(thumbprint)).toBeUndefined();
  await page.getByRole('link', { name: 'Back to the list' }).click();
  await expect(page.getByRole('heading', { name: 'No certificate matches' })).toBeVisible();
  await expect(bar(page)).toHaveCount(0);
});

test('the keyboard alone selects and disables', async ({ page, raven }) => {
  const { text, thumbprints } = await several(raven, 3);
  await page.goto('/?sort=name');
  await expect(grid(page)).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type(text);
  await expect(grid(page).getByRole('link')).toHaveCount(3);
  await page.keyboard.press('ArrowDown');
  await expect(grid(page).getByRole('link').first()).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+Space');
  await expect(bar(page)).toContainText('2 selected');
  const disable = bar(page).getByRole('button', { name: 'Disable' });
  await expect(async () => {
    await page.keyboard.press('Tab');
    expect(await disable.evaluate((button) => button === document.activeElement)).toBe(true);
  }).toPass({ intervals: [10] });
  await page.keyboard.press('Enter');
  const start = page.getByRole('button', { name: 'Disable 2 certificates' });
  await expect(start).toBeVisible();
  await expect(async () => {
    await page.keyboard.press('Tab');
    expect(await start.evaluate((button) => button === document.activeElement)).toBe(true);
  }).toPass({ intervals: [10] });
  await page.keyboard.press('Enter');
  await expect(outcome(page)).toHaveText('2 certificates are disabled');
  await expect(page.getByRole('link', { name: 'Back to the list' })).toBeFocused();
  expect(await raven.find(thumbprints[0] ?? '')).toMatchObject({ Disabled: true });
  expect(await raven.find(thumbprints[2] ?? '')).toMatchObject({ Disabled: false });
});

test('without a selection the page says how to come by one', async ({ page }) => {
  await page.goto('/bulk?do=delete');
  await expect(page.getByRole('heading', { name: 'No certificates are selected' })).toBeVisible();
  await page.getByRole('link', { name: 'Go to the list' }).click();
  await expect(page).toHaveURL('/');
});

test('axe and reflow: bulk', async ({ page, raven }) => {
  test.setTimeout(180_000);
  const { text } = await several(raven, 4);
  await openList(page, text, 4);
  await selectAll(page, 4);
  await expectAccessible(page);
  await bar(page).getByRole('button', { name: 'Disable' }).click();
  await expect(page.getByRole('button', { name: 'Disable 4 certificates' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Disable 4 certificates' }).click();
  await expect(outcome(page)).toHaveText('4 certificates are disabled');
  await expectAccessible(page);
});

test('what somebody else changed after the start isn’t deleted', async ({ page, raven }) => {
  const { text, thumbprints } = await several(raven, 2);
  const [first = '', second = ''] = thumbprints;
  await openList(page, text, 2);
  await selectAll(page, 2);
  await bar(page).getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('list', { name: '2 will be deleted' })).toBeVisible();
  let changed = false;
  await page.route(`**/admin/certificates?thumbprint=${first}*`, async (route) => {
    if (!changed) await editElsewhere(raven, first, { permissions: { orders: 'Admin' } });
    changed = true;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Delete 2 certificates' }).click();
  await expect(page.getByRole('list', { name: 'Could not be changed' })).toContainText('Somebody else changed it');
  await expect.poll(() => raven.find(second)).toBeUndefined();
  expect(await raven.find(first)).toMatchObject({ Permissions: { orders: 'Admin' } });
});
