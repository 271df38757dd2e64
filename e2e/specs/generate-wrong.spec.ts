import { expect, test } from '../fixtures/console.ts';
import { addDatabases, generateForm, issue } from '../support/generate-form.ts';
import { zipOf } from '../support/zip.ts';

test('wrong input is said at its field, and nothing is sent', async ({ page }) => {
  const posts: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') posts.push(request.url());
  });
  await page.goto('/generate');
  const form = generateForm(page);
  await form.generate.click();
  await expect(form.name).toBeFocused();
  await expect(form.name).toHaveAccessibleDescription(/^Enter a name: what or who will use this certificate/);
  await form.name.fill('x'.repeat(241));
  await expect(form.name).toHaveAccessibleDescription(
    /^This name has 241 bytes; the files named after it can have 240/,
  );
  await form.name.fill('someone');
  await expect(form.name).toHaveAccessibleDescription(/^Shown in the list/);

  for (const [wrong, reason] of [
    ['a b', 'letters, digits'],
    ['../up', '“.”|letters, digits'],
    ['.hidden', 'between two other characters'],
    ['con', 'reserved name'],
    ['x'.repeat(129), 'at most 128'],
  ] as const) {
    await form.database.fill(wrong);
    await form.database.press('Enter');
    await expect(form.database).toHaveAccessibleDescription(new RegExp(reason));
  }
  await addDatabases(page, 'orders');
  await form.database.fill('ORDERS');
  await form.database.press('Enter');
  await expect(form.databases.getByRole('listitem')).toHaveCount(1);

  await form.expiry.fill('0');
  await form.generate.click();
  await expect(form.expiry).toBeFocused();
  await expect(form.expiry).toHaveAccessibleDescription(/^Enter a whole number of years, from 1/);
  await form.expiry.fill('9000');
  await expect(form.expiry).toHaveAccessibleDescription(/9999/);
  await form.unit.selectOption('on a day');
  const day = page.getByLabel('Expires', { exact: true });
  await day.fill('2020-01-01');
  await form.generate.click();
  await expect(day).toHaveAccessibleDescription(/^This day has passed/);
  await expect(page).toHaveURL('/generate');
  expect(posts).toEqual([]);
});

const hostile = [
  '../../x',
  `"quoted" 'and' <img src=x onerror="document.title='owned'">`,
  '\u202eevil\u202c שלום 👩‍🚀 %2F%0A',
];
for (const [index, strange] of hostile.entries())
  test(`a name is text whatever it holds, ${String(index + 1)}`, async ({ page, raven }) => {
    const name = `${strange} ${raven.unique('n')}`;
    await page.goto('/generate');
    const form = generateForm(page);
    await form.name.fill(name);
    await form.clearance('Operator').check();
    const zip = await zipOf(await issue(page, name));
    expect(await raven.find(zip.identity.thumbprint)).toMatchObject({ Name: name });
    await expect(page.getByRole('grid').getByRole('link', { name, exact: true })).toBeVisible();
    await expect(page.getByRole('img')).toHaveCount(0);
    await expect(page).toHaveTitle('Certificates · Raven Certificates');
    // What a browser saves stays in its folder.
    expect(zip.fileName).not.toMatch(/[/\\\n]|^\./);
    expect((await raven.whoami(zip.identity)).json).toMatchObject({ Name: name });
  });

test('a name with line breaks stays text when another like it is made', async ({ page, raven }) => {
  const made = await raven.generate({ name: 'first line\n<b>second</b>', clearance: 'Operator' });
  await page.goto(`/generate?from=${made.thumbprint}`);
  const form = generateForm(page);
  await expect(form.clearance('Operator')).toBeChecked();
  await expect(form.name).toHaveValue(/^first line ?<b>second<\/b> \(2\)$/);
});

test('when no answer comes, everything stays, and the next try works', async ({ page, raven, context }) => {
  const name = raven.unique('second try');
  await page.goto('/generate');
  const form = generateForm(page);
  await form.name.fill(name);
  await addDatabases(page, 'orders');
  await form.passphrase.fill('kept as it is');
  await form.expiry.fill('3');
  await context.setOffline(true);
  await form.generate.click();
  const alert = page.getByRole('alert').filter({ hasText: 'No answer came: it may have been made or not' });
  await expect(alert).toContainText('Look in the list before you try again');
  await expect(form.generate).toBeFocused();
  await expect(form.name).toHaveValue(name);
  await expect(form.passphrase).toHaveValue('kept as it is');
  await expect(form.expiry).toHaveValue('3');
  await expect(form.databases).toContainText('orders');
  await context.setOffline(false);
  const { identity } = await zipOf(await issue(page, name));
  expect(await raven.find(identity.thumbprint)).toMatchObject({ Permissions: { orders: 'ReadWrite' } });
});

test('while the server makes the key the form is locked, and it can be stopped', async ({ page, raven }) => {
  const name = raven.unique('stopped');
  await page.goto('/generate');
  const form = generateForm(page);
  await form.name.fill(name);
  await form.clearance('Operator').check();
  await form.passphrase.fill('stays');
  // Held on its way, so that it can't be faster than the press.
  await page.route('**/admin/certificates', () => undefined, { times: 1 });
  await form.generate.click();
  await expect(page.getByRole('progressbar', { name: 'The server makes the key' })).toBeVisible();
  await expect(form.stop).toBeFocused();
  // Locked for the pointer as for the keyboard, and not read out.
  expect(await form.name.evaluate((field) => field.closest('[inert]') !== null)).toBe(true);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.type('more');
  await expect(form.name).toHaveValue(name);
  await form.stop.click();
  await expect(page.getByText('If the server had begun, a certificate of this name may be in the list.')).toBeVisible();
  await expect(form.generate).toBeFocused();
  await expect(form.name).toHaveValue(name);
  await expect(form.passphrase).toHaveValue('stays');
  expect((await raven.list()).some((entry) => entry.Name === name)).toBe(false);
  await issue(page, name);
});

test('what RavenDB refuses stands at the field, and everything stays', async ({ page, raven }) => {
  // The page checks by its own clock; with one that lags behind, only the server sees that the day has passed.
  await page.clock.setFixedTime(Date.now() - 40 * 86_400_000);
  await page.goto('/generate');
  const form = generateForm(page);
  const name = raven.unique('late');
  await form.name.fill(name);
  await form.clearance('Operator').check();
  await form.expiry.fill('1');
  await form.unit.selectOption('days');
  await form.generate.click();
  await expect(form.expiry).toHaveAccessibleDescription(/expiration date must be in the future/);
  await expect(form.expiry).toBeFocused();
  await expect(form.name).toHaveValue(name);
  expect((await raven.list()).some((entry) => entry.Name === name)).toBe(false);
  await form.expiry.fill('400');
  await expect(form.expiry).toHaveAccessibleDescription(/^At the end of/);
});

test('leaving with something entered is asked about, by link, by the back button and by closing', async ({ page }) => {
  await page.getByRole('link', { name: 'Generate certificate' }).first().click();
  const form = generateForm(page);
  const dialog = page.getByRole('dialog', { name: 'Leave without generating?' });
  // Nothing entered, nothing asked.
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(page).toHaveURL('/');
  await page.goBack();
  await form.name.fill('half a name');
  await page.getByRole('link', { name: 'Cancel' }).click();
  await dialog.getByRole('button', { name: 'Stay' }).click();
  await expect(form.name).toHaveValue('half a name');
  await page.evaluate('history.back()');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(form.name).toHaveValue('half a name');
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const unload = await asked;
  expect(unload.type()).toBe('beforeunload');
  await unload.dismiss();
  await page.getByRole('link', { name: 'Cancel' }).click();
  await dialog.getByRole('button', { name: 'Leave' }).click();
  await expect(page).toHaveURL('/');
});

test('a passphrase alone is something entered', async ({ page }) => {
  await page.goto('/generate');
  const form = generateForm(page);
  await form.passphrase.fill('x');
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(page.getByRole('dialog', { name: 'Leave without generating?' })).toBeVisible();
  await page.getByRole('button', { name: 'Leave' }).click();
  await expect(page).toHaveURL('/');
});
