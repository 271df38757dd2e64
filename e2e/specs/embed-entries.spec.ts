import { expect, grid, type HostWindow, test } from '../fixtures/portal.ts';
import type { ConsoleOptions } from '../../src/embed/options.ts';

interface ConsoleElement extends HTMLElement {
  options: Partial<ConsoleOptions>;
}
type Named = { readonly name: string } & Partial<ConsoleOptions>;
interface Parcel {
  readonly bootstrap: () => Promise<void>;
  readonly mount: (props: Named & { readonly domElement: Element }) => Promise<void>;
  readonly update: (props: Named) => Promise<void>;
  readonly unmount: (props: Named) => Promise<void>;
}

test('the element follows its attributes and its property, and tells by events', async ({ page, portal }) => {
  const { open } = await portal('html');
  await open('/', { later: true });
  await page.evaluate(() => {
    const element = document.createElement('raven-certificates');
    const told: string[] = [];
    Object.assign(window, { element, told });
    for (const type of ['raven-navigate', 'raven-event', 'raven-sign-in-required'])
      document.addEventListener(type, (event) => told.push(`${type} ${JSON.stringify((event as CustomEvent).detail)}`));
    document.getElementById('place')?.append(element);
    // Nothing to show yet.
    element.setAttribute('hide', 'upload header');
    element.setAttribute('base-url', '/certificates/raven');
  });
  const act = (change: (element: ConsoleElement) => void) => page.evaluate(`(${change.toString()})(window.element)`);
  const told = () => page.evaluate(() => (window as unknown as { told: string[] }).told);
  await expect(grid(page)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Upload' })).toHaveCount(0);
  await expect.poll(told).toEqual(['raven-navigate {"path":"/","title":"Certificates"}']);
  await act((element) => element.removeAttribute('hide'));
  await expect(page.getByRole('link', { name: 'Upload' })).toBeVisible();
  await act((element) => (element.options = { capabilities: { upload: false } }));
  await expect(page.getByRole('link', { name: 'Upload' })).toHaveCount(0);
  // One that is moved keeps its console.
  await page.getByRole('searchbox').fill('first');
  await act((element) => document.body.prepend(element));
  await expect(page.getByRole('searchbox')).toHaveValue('first');
  await act((element) => element.remove());
  await expect.poll(() => page.evaluate('window.element.childElementCount')).toBe(0);
  await act((element) => document.body.append(element));
  await expect(grid(page)).toBeVisible();
});

test('single-spa’s parcels are changed and taken away', async ({ page, portal }) => {
  const { open } = await portal('html');
  await open('/', { later: true });
  const colour = () => page.getByRole('main').evaluate((main) => getComputedStyle(main).color);
  await page.evaluate(async () => {
    const file = '/package/standalone/single-spa.js';
    const parcel = (await import(file)) as Parcel;
    const domElement = document.getElementById('place') ?? document.body;
    await parcel.bootstrap();
    await parcel.mount({ name: 'one', domElement, baseUrl: '/certificates/raven', theme: 'light' });
    Object.assign(window, { parcel });
  });
  await expect(grid(page)).toBeVisible();
  const light = await colour();
  await page.evaluate(() => (window as unknown as { parcel: Parcel }).parcel.update({ name: 'one', theme: 'dark' }));
  await expect.poll(colour).not.toBe(light);
  await page.evaluate(() => (window as unknown as { parcel: Parcel }).parcel.unmount({ name: 'one' }));
  await expect(page.locator('#place')).toBeEmpty();
});

test('mount says what it needs', async ({ page, portal }) => {
  const { open } = await portal('html');
  await open('/', { later: true });
  const message = await page.evaluate(() => {
    try {
      (window as unknown as HostWindow).host.mount(undefined, { baseUrl: undefined as unknown as string });
      return '';
    } catch (error) {
      return String(error);
    }
  });
  expect(message).toContain('baseUrl');
});

test('a certificate is read by a worker, under the page’s policy', async ({ page, portal, raven }) => {
  const { open } = await portal('html');
  const workers: string[] = [];
  page.on('worker', (worker) => workers.push(new URL(worker.url()).pathname));
  await open('/', { initialView: '/upload' });
  const pem = (await raven.generate({ name: raven.unique('to be read'), clearance: 'Operator' })).pem;
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'mine.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from(pem) });
  await expect(page.getByText('mine.pem').first()).toBeVisible();
  await expect.poll(() => workers).toEqual([expect.stringMatching(/^\/package\/standalone\/.*worker.*\.js$/)]);
});
