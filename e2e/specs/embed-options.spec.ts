import type { Page } from '@playwright/test';
import { expect, grid, type HostWindow, test } from '../fixtures/portal.ts';

const generateLink = (page: Page) => page.getByRole('link', { name: 'Generate certificate' }).first();
const colourOf = (page: Page, what: 'backgroundColor' | 'color') =>
  generateLink(page).evaluate((link, property) => getComputedStyle(link)[property], what);

/** Changes options of the console that stands. Functions can't be given here. */
const update = (page: Page, options: object) =>
  page.evaluate((change) => (window as unknown as HostWindow).host.console.update(change), options);

test('every request goes through the host’s fetch, to the host’s address', async ({ page, portal }) => {
  const { open, origin } = await portal('html');
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/certificates/')) asked.push(`${request.headers()['x-portal'] ?? 'none'} ${pathname}`);
  });
  await open('/', { later: true });
  await page.evaluate((own) => {
    let token = 'first';
    Object.assign(window, { renew: () => (token = 'second') });
    (window as unknown as HostWindow).host.mount(undefined, {
      baseUrl: `${own}/certificates/raven/`,
      fetch: (url, init) => fetch(url, { ...init, headers: { ...(init?.headers as object), 'x-portal': token } }),
    });
  }, origin);
  await expect(grid(page)).toBeVisible();
  expect(asked).toContain('first /certificates/raven/admin/certificates');
  expect(asked.filter((request) => !request.startsWith('first '))).toEqual([]);
  await page.evaluate(() => (window as unknown as { renew: () => void }).renew());
  await page.getByRole('link', { name: 'first-admin', exact: true }).first().click();
  await expect.poll(() => asked.at(-1)).toMatch(/^second /);
});

test('theme and tokens, from options and from the page’s styles', async ({ page, portal }) => {
  const { open } = await portal('html');
  await open('/', { theme: 'light' });
  const light = await colourOf(page, 'backgroundColor');
  await update(page, { theme: 'dark' });
  await expect.poll(() => colourOf(page, 'backgroundColor')).not.toBe(light);
  await update(page, { theme: 'auto' });
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(() => colourOf(page, 'backgroundColor')).toBe(light);
  await update(page, { tokens: { '--raven-accent': 'rgb(1, 2, 3)', '--raven-on-accent': 'rgb(200, 201, 202)' } });
  await expect.poll(() => colourOf(page, 'backgroundColor')).toBe('rgb(1, 2, 3)');
  expect(await colourOf(page, 'color')).toBe('rgb(200, 201, 202)');
  await update(page, { tokens: { '--raven-on-accent': 'rgb(7, 7, 7)' } });
  await expect.poll(() => colourOf(page, 'backgroundColor')).toBe(light);
  await page.evaluate(() => document.documentElement.style.setProperty('--raven-accent', 'rgb(4, 5, 6)'));
  await expect.poll(() => colourOf(page, 'backgroundColor')).toBe('rgb(4, 5, 6)');
});

test('dates and numbers as the locale writes them', async ({ page, portal, raven }) => {
  const name = raven.unique('far away');
  const year = String(new Date().getUTCFullYear() + 4);
  await raven.generate({ name, clearance: 'Operator', notAfter: `${year}-03-09T00:00:00.000Z` });
  const { open } = await portal('html');
  await open('/', { locale: 'de-DE' });
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByText(`09.03.${year}`).first()).toBeVisible();
  await update(page, { locale: undefined });
  await expect(page.getByText(`${year}-03-09`).first()).toBeVisible();
  const refused = await page.evaluate(() => {
    try {
      (window as unknown as HostWindow).host.console.update({ locale: 'not a tag' });
      return 'taken';
    } catch (error) {
      return (error as Error).name;
    }
  });
  expect(refused).toBe('RangeError');
  await expect(page.getByText(`${year}-03-09`).first()).toBeVisible();
});

test('hidden parts have no button, no link and no place', async ({ page, portal, raven }) => {
  const name = raven.unique('looked at');
  await raven.generate({ name, clearance: 'Operator' });
  const { open } = await portal('html');
  const none = { generate: false, upload: false, edit: false, disable: false, delete: false, server: false };
  await open('/', { capabilities: { ...none, history: false, usage: false, header: false } });
  const link = page.getByRole('link', { name, exact: true });
  await expect(link).toBeVisible();
  const shown = async () => {
    const links = ['Generate certificate', 'Upload', 'Server'].map((text) =>
      page.getByRole('link', { name: text, exact: true }),
    );
    const edit = page.getByRole('button', { name: 'Edit', exact: true });
    const there = await Promise.all([...links, edit, page.getByRole('banner')].map((part) => part.count()));
    return there.map((count) => count > 0);
  };
  const items = async () => {
    await page.getByRole('button', { name: `Actions for ${name}` }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    const texts = await page.getByRole('menuitem').allTextContents();
    await page.keyboard.press('Escape');
    return texts.filter((text) => /^(Edit|Delete|Disable|Use)/.test(text)).length;
  };
  expect(await shown()).toEqual([false, false, false, false, false]);
  expect(await items()).toBe(0);
  await link.click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  expect(await shown()).toEqual([false, false, false, false, false]);
  await update(page, { capabilities: {} });
  await expect.poll(shown).toEqual([false, false, true, true, true]);
  await page.getByRole('link', { name: 'Certificates', exact: true }).first().click();
  await expect(link).toBeVisible();
  expect(await shown()).toEqual([true, true, true, false, true]);
  expect(await items()).toBeGreaterThan(2);
  // An address that leads to a hidden part leads nowhere.
  await page.evaluate(() => {
    const { host } = window as unknown as HostWindow;
    host.console.unmount();
    host.mount(undefined, { initialView: '/generate', capabilities: { generate: false } });
  });
  await expect(page.getByRole('heading', { level: 1, name: 'There is no such page' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveCount(0);
});

test('the host learns of places and of what was done, and where it can’t go on without it', async ({
  page,
  portal,
  raven,
}) => {
  const { open, origin } = await portal('html');
  await open('/', { later: true });
  await page.evaluate(() => {
    const told: unknown[] = [];
    Object.assign(window, { told });
    (window as unknown as HostWindow).host.mount(undefined, {
      initialView: '/generate',
      onNavigate: (place) => told.push(place),
      onEvent: (event) => told.push(event),
      onSignInRequired: () => told.push('sign in'),
    });
  });
  const told = () => page.evaluate(() => (window as unknown as { told: unknown[] }).told);
  const name = raven.unique('told');
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('radio', { name: 'Operator', exact: true }).check();
  await page
    .getByRole('textbox', { name: /^Passphrase/ })
    .first()
    .fill('nobody is told this');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Generate and download' }).click();
  await download;
  await expect(grid(page).getByRole('link', { name, exact: true })).toBeVisible();
  const thumbprint = (await raven.list()).find(({ Name }) => Name === name)?.Thumbprint;
  await expect.poll(told).toContainEqual({ type: 'generated', thumbprint });
  const all = await told();
  expect(all[0]).toEqual({ path: '/generate', title: 'Generate a client certificate' });
  expect(all).toContainEqual({ path: expect.stringMatching(/^\/(\?|$)/), title: 'Certificates' });
  expect(JSON.stringify(all)).not.toContain('nobody is told this');
  await page.getByRole('searchbox').fill('first');
  await expect.poll(told).toContainEqual({ path: expect.stringContaining('first'), title: 'Certificates' });
  expect(await told()).not.toContain('sign in');
  await page.request.get(`${origin}/sign-out`);
  await page.getByRole('link', { name: 'first-admin', exact: true }).first().click();
  await expect.poll(told).toContain('sign in');
  await expect(page.getByText('You aren’t signed in any more').first()).toBeVisible();
});

test('a cache can be shared with the host', async ({ page, portal }) => {
  const { open } = await portal('react');
  await open('/', { shared: true });
  await expect(grid(page)).toBeVisible();
  const keys = () =>
    page.evaluate(() => {
      const { cache } = window as unknown as { cache: { getAll: () => { queryKey: unknown[] }[] } };
      return cache.getAll().map(({ queryKey }) => String(queryKey[0]));
    });
  const before = await keys();
  expect(before).toContain('the portal’s own');
  expect(before.length).toBeGreaterThan(1);
  expect(before.filter((key) => !key.startsWith('raven-'))).toEqual(['the portal’s own']);
  await page.getByRole('button', { name: 'Close certificates' }).click();
  await expect(grid(page)).toHaveCount(0);
  expect(await keys()).toEqual(before);
});
