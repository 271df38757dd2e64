import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { collection, registered } from '../support/people.ts';
import { generateForm } from '../support/generate-form.ts';
import { zipOf } from '../support/zip.ts';

/** The page that rotates a certificate, by what a person reads. */
const rotate = (page: Page) => ({
  step: (name: 'Issue the new' | 'Hand it over' | 'Disable the old' | 'Delete the old') =>
    page.getByRole('listitem', { name: new RegExp(`^${name}`) }),
  issue: page.getByRole('button', { name: 'Issue and download' }),
  disable: page.getByRole('button', { name: 'Disable the old one' }),
  enable: page.getByRole('button', { name: 'Enable it again' }),
  remove: page.getByRole('button', { name: 'Delete the old one' }),
  waiting: page.getByText('Waiting for its first use.'),
  inUse: page.getByText('The new one is in use'),
  finished: page.getByText(/” is rotated$/),
});

/** Issues the new certificate and waits for the next step. */
async function issueNew(page: Page) {
  const download = page.waitForEvent('download', { timeout: 60_000 });
  await rotate(page).issue.click();
  const zip = await zipOf(await download);
  await expect(page).toHaveURL(new RegExp(`/rotate\\?to=${zip.identity.thumbprint}$`));
  return zip;
}

test('an expiring certificate is rotated: issued, seen in use, disabled, deleted', async ({ page, raven }) => {
  const name = raven.unique('rotated');
  const old = await registered(raven, { name, permissions: { orders: 'ReadWrite', stock: 'Admin' }, ends: 9 });
  await page.goto(`/certificates/${old.thumbprint}`);
  await expect(page.getByText('It ends in 8 days')).toBeVisible();
  // Four clicks from here.
  await page.getByRole('link', { name: 'Rotate' }).click();
  await expect(page.getByRole('heading', { name: `Rotate “${name}”` })).toBeFocused();
  const { step, disable, enable, remove, waiting, inUse, finished } = rotate(page);
  await expect(step('Issue the new')).toHaveAttribute('aria-current', 'step');
  await expect(step('Issue the new')).toContainText('User, with orders (read and write), stock (admin)');
  await expect(disable).toHaveCount(0);

  const { identity, names } = await issueNew(page);
  expect(names).toContain(`${name}.pfx`);
  await expect(page.getByRole('heading', { name: 'Hand it over, and see it used' })).toBeFocused();
  await expect(step('Issue the new')).toContainText('same rights');
  await expect(step('Hand it over')).toHaveAttribute('aria-current', 'step');
  await expect(waiting).toBeVisible();
  expect(await raven.find(identity.thumbprint)).toMatchObject({
    Name: name,
    SecurityClearance: 'ValidUser',
    Permissions: { orders: 'ReadWrite', stock: 'Admin' },
  });
  await expect(page.getByText('The new one hasn’t been used yet:')).toBeVisible();

  // Its first use is seen without a reload.
  expect((await raven.request('/databases?namesOnly=true', { as: identity })).status).toBe(200);
  await expect(inUse).toBeVisible({ timeout: 20_000 });
  await expect(step('Disable the old')).toHaveAttribute('aria-current', 'step');
  await expect(page.getByText('The new one hasn’t been used yet:')).toHaveCount(0);
  await disable.click();
  await expect(page.getByRole('heading', { name: 'Delete the old one' })).toBeFocused();
  await expect(enable).toBeVisible();
  expect((await raven.request('/databases?namesOnly=true', { as: old })).status).toBe(403);
  await enable.click();
  await expect(disable).toBeVisible();
  expect((await raven.request('/databases?namesOnly=true', { as: old })).status).toBe(200);
  await disable.click();
  await expect(enable).toBeVisible();
  await remove.click();
  await expect(finished).toBeVisible();
  expect(await raven.find(old.thumbprint)).toBeUndefined();
  expect((await raven.request('/databases?namesOnly=true', { as: identity })).status).toBe(200);
});

test('left and taken up again: after a reload, in another browser, and without the address', async ({
  page,
  raven,
  browser,
  site,
}) => {
  const name = raven.unique('taken up');
  const old = await registered(raven, { name, clearance: 'Operator', ends: 9 });
  await page.goto(`/?q=${name}`);
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Rotate' }).click();
  const { identity } = await issueNew(page);
  await page.reload();
  await expect(rotate(page).step('Issue the new')).toContainText(identity.thumbprint.slice(0, 10));
  await rotate(page).disable.click();
  await expect(rotate(page).enable).toBeVisible();

  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(site.signInUrl);
  await elsewhere.goto(new URL(`/certificates/${old.thumbprint}/rotate`, site.origin).href);
  const there = rotate(elsewhere);
  await expect(there.step('Issue the new')).toContainText('One with this name and these rights is there already');
  await elsewhere.getByRole('button', { name: 'Go on with this one' }).click();
  await expect(elsewhere).toHaveURL(new RegExp(`\\?to=${identity.thumbprint}$`));
  await expect(there.enable).toBeVisible();
  await there.remove.click();
  await expect(there.finished).toBeVisible();
  // The end of it is known by its address too, also by the first browser.
  await elsewhere.reload();
  await expect(there.finished).toBeVisible();
  await expect(there.step('Hand it over')).toHaveAttribute('aria-current', 'step');
  await raven.request('/databases?namesOnly=true', { as: identity });
  await expect(there.inUse).toBeVisible({ timeout: 20_000 });
  await page.reload();
  await expect(rotate(page).finished).toBeVisible();
  await page.goto(`/certificates/${old.thumbprint}/rotate`);
  await expect(page.getByText('No certificate with this thumbprint is registered')).toBeVisible();
  await elsewhere.context().close();
});

test('when issuing fails nothing is lost, and the key made here is tried again', async ({ page, raven }) => {
  const name = raven.unique('second try');
  const old = await registered(raven, { name, clearance: 'Operator', ends: 9 });
  await page.goto(`/certificates/${old.thumbprint}/rotate`);
  await page.getByRole('radio', { name: 'Made in this browser' }).check();
  await generateForm(page).passphrase.fill('stays');
  const sent: string[] = [];
  page.on('request', (one) => {
    if (one.method() === 'PUT') sent.push(one.postData() ?? '');
  });
  await page.route('**/admin/certificates', (route) => route.abort(), { times: 1 });
  await rotate(page).issue.click();
  await expect(page.getByText('No answer came: it may be registered or not')).toBeVisible();
  await expect(generateForm(page).passphrase).toHaveValue('stays');
  const { identity } = await issueNew(page);
  expect(sent).toHaveLength(2);
  expect(sent[0]).toBe(sent[1]);
  expect(await raven.find(identity.thumbprint)).toMatchObject({ Name: name, SecurityClearance: 'Operator' });
});

test('an expired one goes straight to its end', async ({ page, raven }) => {
  const name = raven.unique('too late');
  const old = await registered(raven, { name, permissions: { orders: 'ReadWrite' }, begins: -20, ends: -3 });
  await page.goto(`/certificates/${old.thumbprint}/rotate`);
  await issueNew(page);
  const { step, disable, remove, finished } = rotate(page);
  await expect(step('Disable the old')).toContainText('It has expired');
  await expect(disable).toHaveCount(0);
  await remove.click();
  await expect(finished).toBeVisible();
  expect(await raven.find(old.thumbprint)).toBeUndefined();
});

test('a collection is replaced by one, and deleted as a whole', async ({ page, raven }) => {
  const name = raven.unique('together');
  const thumbprints = await collection(raven, name, 3);
  const primary = (await raven.list()).find((entry) => entry.Name === name && entry.CollectionSecondaryKeys.length > 0);
  await page.goto(`/certificates/${primary?.Thumbprint ?? ''}/rotate`);
  const { step, remove, finished } = rotate(page);
  await expect(step('Issue the new')).toContainText('takes the place of all 3 of the collection');
  await issueNew(page);
  await expect(step('Disable the old')).toContainText('It is a collection of 3 certificates');
  await expect(step('Delete the old')).toContainText('The 2 other certificates of its collection are deleted too.');
  await remove.click();
  await expect(finished).toBeVisible();
  const left = (await raven.list()).map(({ Thumbprint }) => Thumbprint);
  expect(left.filter((thumbprint) => thumbprints.includes(thumbprint))).toEqual([]);
});

test('the console’s own certificate is never taken away under it, and an admin’s name is typed', async ({
  page,
  raven,
  consoleAs,
}) => {
  const name = raven.unique('an admin');
  const own = await registered(raven, { name, clearance: 'ClusterAdmin', ends: 9 });
  await page.goto(await consoleAs(own));
  await page.goto(new URL(`/certificates/${own.thumbprint}/rotate`, page.url()).href);
  const { identity } = await issueNew(page);
  const { step, disable, remove, finished } = rotate(page);
  await expect(step('Disable the old')).toContainText('This console itself uses the old one');
  await expect(disable).toHaveCount(0);
  await expect(remove).toHaveCount(0);

  // Started again as the new one, the same address goes on.
  const { pathname, search } = new URL(page.url());
  await page.goto(await consoleAs(identity));
  await page.goto(new URL(pathname + search, page.url()).href);
  await disable.click();
  await expect(remove).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('textbox', { name: `Type ${name} to delete` }).fill(name);
  await remove.click();
  await expect(finished).toBeVisible();
  expect(await raven.find(own.thumbprint)).toBeUndefined();
});

test('rights that changed meanwhile, and a new one that is gone, are said', async ({ page, raven }) => {
  const name = raven.unique('differs');
  const old = await registered(raven, { name, permissions: { orders: 'ReadWrite' } });
  const other = await registered(raven, { name, permissions: { orders: 'Admin' } });
  await page.goto(`/certificates/${old.thumbprint}/rotate?to=${other.thumbprint.toLowerCase()}`);
  await expect(page.getByText('orders: Read and write → Admin')).toBeVisible();
  await raven.delete(other.thumbprint);
  await page.reload();
  await expect(page.getByText('The new certificate isn’t registered any more')).toBeVisible();
  await expect(rotate(page).issue).toBeVisible();
});

test('the keyboard alone rotates a certificate', async ({ page, raven }) => {
  const name = raven.unique('by keyboard');
  const old = await registered(raven, { name, clearance: 'Operator' });
  await page.goto(`/certificates/${old.thumbprint}`);
  await page.getByRole('button', { name: 'More actions' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Rotate' })).toBeVisible();
  await page.keyboard.press('r');
  await page.getByRole('menuitem', { name: 'Rotate' }).press('Enter');
  await expect(page.getByRole('heading', { name: `Rotate “${name}”` })).toBeFocused();
  await page.getByRole('radio', { name: 'Made by the server' }).press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Made in this browser' })).toBeChecked();
  const download = page.waitForEvent('download');
  await rotate(page).issue.press('Enter');
  await download;
  await expect(page.getByRole('heading', { name: 'Hand it over, and see it used' })).toBeFocused();
  await expect(rotate(page).waiting).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'How to use it' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(rotate(page).disable).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Delete the old one' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(rotate(page).remove).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(rotate(page).finished).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Delete the old one' })).toBeFocused();
});
