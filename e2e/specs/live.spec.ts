import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { registered } from '../support/people.ts';

const grid = (page: Page) => page.getByRole('grid', { name: 'Certificates' });
/** More than the time between two looks at a short list. */
const aWhile = 31_000;

/** Requests for the list from now on. */
function listCalls(page: Page): { count: number } {
  const calls = { count: 0 };
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname.endsWith('/admin/certificates') && searchParams.get('start') === '0') calls.count += 1;
  });
  return calls;
}

async function inSight(page: Page, state: 'visible' | 'hidden'): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true });
    Object.defineProperty(document, 'hidden', { value: value === 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    if (value === 'visible') window.dispatchEvent(new Event('focus'));
  }, state);
}

test('what changes elsewhere appears by itself, and nothing is asked while nobody looks', async ({ page, raven }) => {
  await page.clock.install();
  const text = raven.unique('live');
  await registered(raven, { name: `${text} 1` });
  await page.goto(`/?q=${encodeURIComponent(text)}&sort=name`);
  await expect(grid(page).getByRole('link')).toHaveCount(1);
  const calls = listCalls(page);
  await registered(raven, { name: `${text} 2` });
  await page.clock.runFor(aWhile);
  await expect(grid(page).getByRole('link')).toHaveText([`${text} 1`, `${text} 2`]);
  expect(calls.count).toBe(1);

  await inSight(page, 'hidden');
  await registered(raven, { name: `${text} 3` });
  await page.clock.runFor(4 * aWhile);
  expect(calls.count).toBe(1);
  await inSight(page, 'visible');
  await expect(grid(page).getByRole('link')).toHaveCount(3);
});

test('nothing that is looked at moves: a row that would come between waits for a button', async ({ page, raven }) => {
  await page.clock.install();
  const text = raven.unique('live');
  for (const name of ['b', 'c', 'd']) await registered(raven, { name: `${text} ${name}` });
  await page.goto(`/?q=${encodeURIComponent(text)}&sort=name`);
  await expect(grid(page).getByRole('link')).toHaveCount(3);
  await page.getByRole('searchbox').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const focused = grid(page).getByRole('link', { name: `${text} c` });
  await expect(focused).toBeFocused();
  await registered(raven, { name: `${text} a` });
  await page.clock.runFor(aWhile);
  const waiting = page.getByRole('button', { name: '1 certificate has changed Show' });
  await expect(waiting).toBeVisible();
  await expect(grid(page).getByRole('link')).toHaveText(['b', 'c', 'd'].map((name) => `${text} ${name}`));
  await expect(focused).toBeFocused();
  await waiting.click();
  await expect(grid(page).getByRole('link')).toHaveText(['a', 'b', 'c', 'd'].map((name) => `${text} ${name}`));
  await expect(waiting).toHaveCount(0);
});

test('far down the list stays where it is when rows come above', async ({ page, raven }) => {
  test.setTimeout(120_000);
  await page.clock.install();
  const text = raven.unique('live');
  const name = (index: number) => `${text} ${String(index).padStart(3, '0')}`;
  for (let index = 0; index < 60; index += 10)
    await Promise.all(Array.from({ length: 10 }, (_, more) => registered(raven, { name: name(index + more) })));
  await page.goto(`/?q=${encodeURIComponent(text)}&sort=name`);
  await expect(grid(page).getByRole('link', { name: name(0) })).toBeVisible();
  await page.getByRole('searchbox').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  const last = grid(page).getByRole('link', { name: name(59) });
  await expect(last).toBeFocused();
  await page.clock.runFor(1_000);
  const before = await last.boundingBox();
  await registered(raven, { name: `${text} 000 first` });
  await page.clock.runFor(aWhile);
  await expect(page.getByText('61 of').first()).toBeVisible();
  await page.clock.runFor(1_000);
  expect((await last.boundingBox())?.y).toBeCloseTo(before?.y ?? 0, 0);
  await expect(last).toBeFocused();
});
