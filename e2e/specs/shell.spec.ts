import { expect, test } from '../fixtures/console.ts';

const away = { status: 502, json: { Type: 'Gateway.ServerUnreachable', Message: 'Nothing answers.' } };
const api = /\/(admin|certificates\/whoami|build|cluster|databases|license)\b[^.]*$/;

test('the bar says whose server this is and who I am', async ({ page }) => {
  await page.goto('/');
  const bar = page.getByRole('banner');
  await expect(bar).toContainText('Server answers');
  await expect(bar).toContainText(/:\d+ · (\d+ nodes · )?\d+\.\d+/);
  await expect(bar).toContainText(/Cluster (admin|node)/);
});

test('the first thing Tab reaches leads past the bar', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await expect(page).toHaveURL('/');
});

test('going to a view moves the focus to its heading and names the page', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Upload' }).click();
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toBeFocused();
  await expect(page).toHaveTitle(`${(await heading.textContent()) ?? ''} · Raven Certificates`);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Certificates' })).toBeVisible();
});

test('? lists the shortcuts, Escape closes it and the focus returns', async ({ page }) => {
  await page.goto('/');
  const opener = page.getByRole('button', { name: 'Keyboard shortcuts' });
  await opener.focus();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(opener).toBeFocused();
});

test('single-key shortcuts can be turned off, and that is remembered', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await page.getByRole('switch', { name: 'Single-key shortcuts' }).click();
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('?');
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).not.toBeFocused();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('the theme can be chosen and is remembered', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/');
  const scheme = () => page.evaluate('getComputedStyle(document.documentElement).colorScheme');
  await page.getByRole('button', { name: 'Theme: as the system' }).click();
  await page.getByRole('button', { name: 'Theme: light' }).click();
  await expect(page.getByRole('button', { name: 'Theme: dark' })).toBeVisible();
  expect(await scheme()).toBe('dark');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Theme: dark' })).toBeVisible();
  expect(await scheme()).toBe('dark');
});

test('says that the server is away, keeps what is shown, and goes on by itself', async ({ page }) => {
  await page.goto('/?q=Server');
  await expect(page.getByRole('grid')).toBeVisible();
  await page.route(api, (route) => route.fulfill(away));
  // The window's focus asks anew.
  await page.evaluate("window.dispatchEvent(new Event('visibilitychange'))");
  await expect(page.getByRole('alert')).toContainText('RavenDB can’t be reached', { timeout: 30_000 });
  await expect(page.getByRole('grid')).toBeVisible();
  await page.unroute(api);
  await expect(page.getByRole('alert')).toHaveCount(0, { timeout: 15_000 });
});

test('recovers by itself when the server was away from the start', async ({ page }) => {
  await page.route(api, (route) => route.fulfill(away));
  await page.goto('/');
  await expect(page.getByRole('alert')).toContainText('RavenDB can’t be reached');
  await page.unroute(api);
  await expect(page.getByRole('grid', { name: 'Certificates' })).toBeVisible({ timeout: 15_000 });
});

test('says how to sign in when the sign-in is gone', async ({ page }) => {
  await page.route(api, (route) =>
    route.fulfill({ status: 401, json: { Type: 'Gateway.SignInRequired', Message: 'Not signed in.' } }),
  );
  await page.goto('/');
  await expect(page.getByRole('alert')).toContainText('open the link that it prints');
});

test('somebody who may not manage certificates sees their own', async ({ page }) => {
  await page.route(/\/certificates\/whoami$/, async (route) => {
    const answer = await route.fetch();
    const me = (await answer.json()) as Record<string, unknown>;
    await route.fulfill({
      response: answer,
      json: { ...me, Name: 'reader', SecurityClearance: 'ValidUser', Permissions: { orders: 'Read' } },
    });
  });
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Your certificate' })).toBeVisible();
  await expect(page.getByText('“reader” has the clearance User')).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: /^Read$/ })).toBeVisible();
});

test('an unknown address says so and leads back', async ({ page }) => {
  await page.goto('/no/such/page');
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
  await page.getByRole('link', { name: 'All certificates', exact: true }).click();
  await expect(page).toHaveURL('/');
});
