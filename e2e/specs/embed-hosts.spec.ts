import { expect, grid, listGenerateDelete, test } from '../fixtures/portal.ts';
import { federationPolicy } from '../hosts/portal.mjs';

test('a plain page mounts the console, under a policy that allows nothing inline', async ({ page, portal, raven }) => {
  const { open } = await portal('html');
  await open();
  await listGenerateDelete(page, raven.unique('plain page'));
  await expect(page.getByText('Below the console')).toBeVisible();
  await expect(page).toHaveTitle('A plain page');
});

test('a plain page uses the element', async ({ page, portal, raven }) => {
  const { open } = await portal('html');
  await open('/', { element: { routing: 'hash', theme: 'dark', hide: 'upload history' } });
  await listGenerateDelete(page, raven.unique('element'));
  await expect(page.getByRole('link', { name: 'Upload' })).toHaveCount(0);
});

test('a React application renders the component', async ({ page, portal, raven }) => {
  const { open } = await portal('react');
  await open();
  const name = raven.unique('react portal');
  await listGenerateDelete(page, name);
  const log = page.getByRole('list', { name: 'Log' });
  await expect(log).toContainText('at /: Certificates');
  await expect(log).toContainText('at /generate: Generate a client certificate');
  await expect(log).toContainText(/generated [0-9A-F]{40}/);
  await expect(log).toContainText(/deleted [0-9A-F]{40}/);
  // The portal's theme reaches the console without another mount.
  const colour = () => page.getByRole('main').evaluate((main) => getComputedStyle(main).color);
  const light = await colour();
  await page.getByRole('button', { name: 'Portal theme' }).click();
  await expect.poll(colour).not.toBe(light);
  await page.getByRole('button', { name: 'Close certificates' }).click();
  await expect(grid(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Open certificates' }).click();
  await expect(grid(page)).toBeVisible();
});

test('single-spa brings it in and takes it away', async ({ page, portal, raven }) => {
  const { open, origin } = await portal('single-spa');
  await open('/home');
  await expect(page.getByRole('heading', { name: 'A single-spa portal' })).toBeVisible();
  await expect(grid(page)).toHaveCount(0);
  await page.getByRole('navigation', { name: 'Portal' }).getByRole('link', { name: 'Certificates' }).click();
  await expect(page).toHaveURL(`${origin}/certs`);
  await listGenerateDelete(page, raven.unique('single-spa'));
  await page.goto(`${origin}/certs/generate`);
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeVisible();
  await page.getByRole('navigation', { name: 'Portal' }).getByRole('link', { name: 'Home' }).click();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveCount(0);
  expect(await page.evaluate(() => document.body.querySelectorAll('[id^="single-spa-application"] *').length)).toBe(0);
});

test('a federated application loads it and shares its React', async ({ page, portal, raven }) => {
  const { open } = await portal('federation', federationPolicy);
  await open();
  await listGenerateDelete(page, raven.unique('federation'));
});

test('a hostile page can’t get at it', async ({ page, portal, raven }) => {
  const { open } = await portal('hostile');
  await open('/', { hostile: true });
  await listGenerateDelete(page, raven.unique('hostile'));
});
