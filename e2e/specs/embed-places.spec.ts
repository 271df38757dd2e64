import type { Page } from '@playwright/test';
import { expect, grid, type HostWindow, listGenerateDelete, test } from '../fixtures/portal.ts';

const searchbox = (page: Page) => page.getByRole('searchbox');

test('below a path, with a place for each view in the address', async ({ page, portal }) => {
  const { open, origin } = await portal('html');
  await open('/a/b/', { routing: 'browser', basePath: '/a/b/' });
  const generate = page.getByRole('link', { name: 'Generate certificate' }).first();
  await expect(generate).toHaveAttribute('href', '/a/b/generate');
  await generate.click();
  await expect(page).toHaveURL(`${origin}/a/b/generate`);
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeVisible();
  await page.goBack();
  await expect(grid(page)).toBeVisible();
  await searchbox(page).fill('first');
  await expect(page).toHaveURL(/\/a\/b\/\?.*first/);
  // An address of the page's own isn't the console's: it stays where it is.
  await page.evaluate(() => {
    window.history.pushState(null, '', '/elsewhere');
  });
  await expect(grid(page)).toBeVisible();
});

test('in the part behind the #', async ({ page, portal }) => {
  const { open, origin } = await portal('html');
  await open('/page?of=mine#/generate', { routing: 'hash' });
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeVisible();
  await page.getByRole('link', { name: 'Certificates', exact: true }).first().click();
  await expect(grid(page)).toBeVisible();
  await expect(page).toHaveURL(`${origin}/page?of=mine#/`);
});

test('in memory the address and the history stay the page’s', async ({ page, portal, raven }) => {
  const { open, origin } = await portal('html');
  await open('/page?of=mine#here', { routing: 'memory' });
  await expect(grid(page)).toBeVisible();
  const entries = await page.evaluate(() => window.history.length);
  await listGenerateDelete(page, raven.unique('memory'));
  await expect(page).toHaveURL(`${origin}/page?of=mine#here`);
  expect(await page.evaluate(() => window.history.length)).toBe(entries);
});

test('inside an open dialog', async ({ page, portal, raven }) => {
  const name = raven.unique('left');
  await raven.generate({ name, clearance: 'Operator' });
  const { open } = await portal('html');
  await open('/', { later: true });
  await page.evaluate(() => {
    const dialog = document.createElement('dialog');
    dialog.setAttribute('aria-label', 'The portal’s');
    Object.assign(dialog.style, { width: '1100px', height: '800px', overflow: 'auto' });
    const place = dialog.appendChild(document.createElement('section'));
    document.body.append(dialog);
    dialog.showModal();
    (window as unknown as HostWindow).host.mount(place);
  });
  const portals = page.getByRole('dialog', { name: 'The portal’s' });
  await listGenerateDelete(page, raven.unique('in a dialog'));
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByRole('dialog', { name: `Delete “${name}”?` })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: `Delete “${name}”?` })).toHaveCount(0);
  await expect(portals).toBeVisible();
});

test('in a page from right to left', async ({ page, portal, raven }) => {
  const { open } = await portal('html');
  await page.addInitScript(() => document.addEventListener('DOMContentLoaded', () => (document.dir = 'rtl')));
  await open();
  await expect(grid(page)).toBeVisible();
  const edges = (name: string) =>
    page
      .getByRole('columnheader', { name })
      .boundingBox()
      .then((box) => box?.x ?? 0);
  expect(await edges('Name')).toBeGreaterThan(await edges('Thumbprint'));
  const actions = page.getByRole('button', { name: 'Actions for first-admin' });
  await actions.click();
  const [button, menu] = [await actions.boundingBox(), await page.getByRole('menu').boundingBox()];
  const reach = { left: menu?.x ?? -1, right: (menu?.x ?? 0) + (menu?.width ?? 0) };
  expect(reach.left).toBeGreaterThanOrEqual(0);
  // It hangs at its button.
  expect(reach.left).toBeLessThanOrEqual((button?.x ?? 0) + (button?.width ?? 0));
  expect(reach.right).toBeGreaterThanOrEqual(button?.x ?? 0);
  await page.keyboard.press('Escape');
  await listGenerateDelete(page, raven.unique('from the right'));
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
});

/** What has the focus, in shadow roots too: a name and whether it stands in a dialog of the console's. */
const focused = (page: Page) =>
  page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement != null) at = at.shadowRoot.activeElement;
    return {
      name: at?.getAttribute('aria-label') ?? at?.textContent ?? '',
      inDialog: at?.closest('dialog') != null,
      inConsole: at?.getRootNode() instanceof ShadowRoot,
    };
  });

/** A button of the page's before the console and one behind it. */
const addButtons = (page: Page) =>
  page.evaluate(() => {
    for (const [where, text] of [
      ['beforebegin', 'Before'],
      ['afterend', 'After'],
    ] as const) {
      const button = document.createElement('button');
      button.textContent = text;
      document.getElementById('place')?.insertAdjacentElement(where, button);
    }
  });

test('a dialog keeps the focus inside the shadow root and gives it back', async ({ page, portal, raven }) => {
  const name = raven.unique('kept');
  await raven.generate({ name, clearance: 'Operator' });
  const { open } = await portal('html');
  await open();
  await addButtons(page);
  const actions = page.getByRole('button', { name: `Actions for ${name}` });
  await actions.click();
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(actions).toBeFocused();
  await actions.click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  for (const key of [...Array<string>(12).fill('Tab'), ...Array<string>(12).fill('Shift+Tab')]) {
    await page.keyboard.press(key);
    const now = await focused(page);
    // Between the last and the first the browser's own bar has its turn: then nothing of the page has the focus.
    expect(now.inDialog || !now.inConsole).toBe(true);
    expect(['Before', 'After']).not.toContain(now.name);
  }
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  // The button in the list is gone: this is the certificate's page.
  await expect.poll(() => focused(page)).toMatchObject({ name, inConsole: true });
  // Again with everything loaded: the dialog stands before the view has taken the focus.
  await page.getByRole('link', { name: 'Certificates' }).first().click();
  await actions.click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByRole('dialog', { name: `Delete “${name}”?` })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect.poll(() => focused(page)).toMatchObject({ name, inConsole: true });
  const more = page.getByRole('button', { name: 'More actions' });
  await more.click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect.poll(() => focused(page)).toMatchObject({ name: 'More actions', inConsole: true });
});

test('keys are shortcuts only while the focus is within', async ({ page, portal }) => {
  const { open } = await portal('html');
  await open();
  await expect(grid(page)).toBeVisible();
  await addButtons(page);
  const pressed = page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const prevented: string[] = [];
        window.addEventListener('keydown', ({ key, defaultPrevented }) => {
          if (defaultPrevented) prevented.push(key);
          if (key === 'Escape') resolve(prevented);
        });
      }),
  );
  await page.getByRole('button', { name: 'Before' }).focus();
  for (const key of ['/', '?', 'Escape']) await page.keyboard.press(key);
  expect(await pressed).toEqual([]);
  expect(await focused(page)).toMatchObject({ name: 'Before' });
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('link', { name: 'Generate certificate' }).first().focus();
  await page.keyboard.press('/');
  await expect(searchbox(page)).toBeFocused();
  await page.getByRole('link', { name: 'Generate certificate' }).first().focus();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});
