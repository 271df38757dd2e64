import type { Page } from '@playwright/test';
import { type Identity, expect, test } from '../fixtures/console.ts';
import type { Raven } from '../fixtures/raven.ts';
import { codeOf, newKey } from '../support/codes.ts';
import { changes, nameField, openEdit, save, user } from '../support/edit-form.ts';
import { registered } from '../support/people.ts';

test('every setting can be changed, and what changes is said before it is saved', async ({ page, raven }) => {
  await raven.createDatabase('billing');
  const alice = await user(raven);
  await openEdit(page, alice);
  await expect(save(page)).toHaveAccessibleDescription('Nothing has changed.');
  await nameField(page).fill(`${alice.name} 2`);
  await page.getByRole('radiogroup', { name: 'Access to stock' }).getByRole('radio', { name: 'Admin' }).check();
  await page.getByRole('button', { name: 'Remove orders' }).click();
  await page.getByRole('combobox', { name: 'Add a database' }).fill('bil');
  await page.getByRole('option', { name: 'billing' }).click();
  await page.getByRole('switch', { name: 'Enabled' }).uncheck();
  await expect(changes(page)).toHaveText([
    `Name${alice.name} → ${alice.name} 2`,
    'billingno access → Read and write',
    'ordersRead and write → no access',
    'stockRead → Admin',
    'Stateenabled → disabled',
  ]);
  await expect(page.getByText('Connections that are open now keep what they had')).toBeVisible();
  await save(page).click();
  await expect(page).toHaveURL(new RegExp(`/certificates/${alice.thumbprint}$`));
  await expect(page.getByText(`“${alice.name} 2” is saved`)).toBeVisible();
  expect(await raven.find(alice.thumbprint)).toMatchObject({
    Name: `${alice.name} 2`,
    SecurityClearance: 'ValidUser',
    Permissions: { stock: 'Admin', billing: 'ReadWrite' },
    Disabled: true,
    HasTwoFactor: false,
  });
});

test('a certificate may get more or less clearance; its databases are kept for when it is a user again', async ({
  page,
  raven,
}) => {
  const alice = await user(raven);
  await openEdit(page, alice);
  await page.getByRole('radio', { name: 'Operator' }).check();
  await expect(page.getByText('The 2 stored for the clearance User are kept')).toBeVisible();
  await save(page).click();
  await expect
    .poll(() => raven.find(alice.thumbprint))
    .toMatchObject({ SecurityClearance: 'Operator', Permissions: { orders: 'ReadWrite', stock: 'Read' } });
});

test('what is wrong is said at its field, and nothing is sent', async ({ page, raven }) => {
  const alice = await user(raven);
  await openEdit(page, alice);
  let sent = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST') sent += 1;
  });
  await page.getByRole('combobox', { name: 'Add a database' }).fill('a/b');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Add a database' })).toHaveAccessibleDescription(/letters, digits/);
  await nameField(page).fill('  ');
  await save(page).click();
  await expect(nameField(page)).toHaveAccessibleDescription(/Enter a name/);
  await expect(nameField(page)).toBeFocused();
  expect(sent).toBe(0);
});

test('a licence without read-only certificates is said at the databases', async ({ page, raven, site }) => {
  test.skip(!site.real, 'The embedded node’s developer licence has them.');
  const alice = await user(raven);
  await openEdit(page, alice);
  await page.getByRole('button', { name: 'Remove orders' }).click();
  await expect(page.getByRole('group', { name: 'Databases' })).toContainText('no read-only certificates');
});

test.describe('the second factor', () => {
  const owes = async (raven: Raven, as: Identity) => (await raven.request('/databases', { as })).status === 428;
  const enter = async (raven: Raven, as: Identity, code: string) =>
    (await raven.request('/authentication/2fa', { method: 'POST', as, json: { Token: code } })).status;
  const shownKey = async (page: Page) =>
    (await page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).innerText()).replaceAll(' ', '');

  test('a new one is saved once a code has proved it, and lets in', async ({ page, raven }) => {
    const alice = await user(raven);
    await openEdit(page, alice);
    await page.getByRole('radio', { name: 'Ask for a code' }).check();
    const key = await shownKey(page);
    await expect(page.getByRole('img', { name: 'QR code of the authentication key' })).toBeVisible();
    await save(page).click();
    const proof = page.getByLabel('2. Enter the code that it shows');
    await expect(proof).toHaveAccessibleDescription(/Enter the code that the app shows, or skip/);
    await expect(proof).toBeFocused();
    await proof.fill(codeOf(key, 40));
    await expect(proof).toHaveAccessibleDescription(/20 min ahead/);
    await proof.fill(codeOf(key, -1));
    await expect(page.getByText('The app shows the right codes.')).toBeVisible();
    await save(page).click();
    await expect(page).toHaveURL(/\/certificates\/[0-9A-F]{40}$/);
    expect(await owes(raven, alice)).toBe(true);
    expect(await enter(raven, alice, codeOf(key))).toBe(202);
  });

  test('a new key takes the place of the old one', async ({ page, raven }) => {
    const old = newKey();
    const identity = await registered(raven, { name: raven.unique('edit'), twoFactorKey: old });
    await openEdit(page, identity);
    await page.getByRole('radio', { name: 'New key' }).check();
    const key = await shownKey(page);
    await page.getByRole('button', { name: 'Skip the check' }).click();
    await expect(page.getByText('is locked out if the app has another key')).toBeVisible();
    await save(page).click();
    await expect(page).toHaveURL(/\/certificates\/[0-9A-F]{40}$/);
    expect(await enter(raven, identity, codeOf(old))).toBe(406);
    expect(await enter(raven, identity, codeOf(key))).toBe(202);
  });

  test('it stays as it is by itself, and goes when it is removed', async ({ page, raven }) => {
    const key = newKey();
    const identity = await registered(raven, { name: raven.unique('edit'), clearance: 'Operator', twoFactorKey: key });
    await openEdit(page, identity);
    await nameField(page).fill('other');
    await save(page).click();
    await expect.poll(() => raven.find(identity.thumbprint)).toMatchObject({ Name: 'other', HasTwoFactor: true });
    await openEdit(page, identity);
    await page.getByRole('radio', { name: 'Remove' }).check();
    await expect(page.getByText('Whoever has its key gets in without a code')).toBeVisible();
    await save(page).click();
    await expect.poll(() => raven.find(identity.thumbprint)).toMatchObject({ HasTwoFactor: false });
    expect(await owes(raven, identity)).toBe(false);
  });
});

test.describe('what can’t be edited says why, also to whom an address led here', () => {
  const refusal = (page: Page) => page.getByText('can’t be edited', { exact: false }).first();

  test('an expired one', async ({ page, raven }) => {
    const { thumbprint } = await registered(raven, { name: raven.unique('old'), begins: -20, ends: -5 });
    await page.goto(`/certificates/${thumbprint}/edit`);
    await expect(refusal(page)).toBeVisible();
    await expect(page.getByText('Expired certificates can’t be edited')).toBeVisible();
    await expect(save(page)).toHaveCount(0);
  });

  test('the server’s own', async ({ page, raven }) => {
    await page.goto(`/certificates/${raven.server.thumbprint}/edit`);
    await expect(refusal(page)).toBeVisible();
    await expect(page.getByText('changes only by replacing or renewing it')).toBeVisible();
  });

  test('a cluster admin, by an operator', async ({ page, raven, consoleAs }) => {
    const operator = await registered(raven, { name: raven.unique('operator'), clearance: 'Operator' });
    const signIn = await consoleAs(operator);
    await page.goto(signIn);
    await page.goto(new URL(`/certificates/${raven.admin.thumbprint}/edit`, signIn).href);
    await expect(page.getByText('Only a cluster admin may change the certificate of a cluster admin')).toBeVisible();
    const alice = await user(raven);
    await page.goto(new URL(`/certificates/${alice.thumbprint}/edit`, signIn).href);
    await expect(page.getByRole('radio', { name: 'Cluster admin' })).toBeDisabled();
  });

  test('one that isn’t registered', async ({ page }) => {
    await page.goto(`/certificates/${'0'.repeat(40)}/edit`);
    await expect(page.getByText('No certificate with this thumbprint is registered')).toBeVisible();
  });
});

test('lowering the console’s own certificate warns; the last cluster admin stays one', async ({ page, raven }) => {
  await openEdit(page, raven.admin);
  await page.getByRole('radio', { name: 'User', exact: true }).check();
  await expect(page.getByText('you can’t manage certificates any more')).toBeVisible();
  const clearance = page.getByRole('group', { name: 'Clearance' });
  await expect(clearance).toContainText('This is the last certificate with the clearance Cluster admin');
  await registered(raven, { name: raven.unique('second'), clearance: 'ClusterAdmin' });
  await page.reload();
  await page.getByRole('radio', { name: 'User', exact: true }).check();
  await expect(page.getByText('you can’t manage certificates any more')).toBeVisible();
  await expect(clearance).not.toContainText('This is the last');
  await expect(page.getByRole('switch', { name: 'Enabled' })).toHaveAccessibleDescription(/lock you out/);
});

test('unsaved changes are asked about before one leaves', async ({ page, raven }) => {
  const alice = await user(raven);
  await page.goto(`/certificates/${alice.thumbprint}`);
  await page.getByRole('button', { name: 'Edit' }).click();
  await nameField(page).fill('unsaved');
  const asked = page.getByRole('dialog', { name: 'Leave without saving?' });
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(asked).toContainText('One change');
  await page.keyboard.press('Escape');
  await expect(asked).toBeHidden();
  await expect(nameField(page)).toHaveValue('unsaved');
  await page.evaluate(() => window.history.back());
  await expect(asked).toBeVisible();
  await asked.getByRole('button', { name: 'Stay' }).click();
  await expect(nameField(page)).toHaveValue('unsaved');
  await page.evaluate(() => window.history.back());
  await asked.getByRole('button', { name: 'Leave' }).click();
  await expect(page).toHaveURL(new RegExp(`/certificates/${alice.thumbprint}$`));
  // Given up is given up.
  await page.getByRole('button', { name: 'Edit' }).click();
  await expect(nameField(page)).toHaveValue(alice.name);
  expect((await raven.find(alice.thumbprint))?.Name).toBe(alice.name);
});

test('with the keyboard alone', async ({ page, raven }) => {
  const alice = await user(raven);
  await openEdit(page, alice);
  const tabTo = async (name: string | RegExp, role: 'textbox' | 'radio' | 'button' | 'combobox' | 'switch') => {
    const target = page.getByRole(role, { name });
    for (let steps = 0; steps < 60; steps += 1) {
      if (await target.first().evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`${String(name)} can’t be reached by Tab`);
  };
  await tabTo('Name', 'textbox');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('by keyboard');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Operator' })).toBeChecked();
  await page.keyboard.press('ArrowLeft');
  await tabTo('Remove orders', 'button');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Add a database' })).toBeFocused();
  await page.keyboard.type('by-name');
  await page.keyboard.press('Enter');
  await tabTo('Enabled', 'switch');
  await page.keyboard.press('Space');
  await tabTo('Save', 'button');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => raven.find(alice.thumbprint))
    .toMatchObject({
      Name: 'by keyboard',
      SecurityClearance: 'ValidUser',
      Permissions: { stock: 'Read', 'by-name': 'ReadWrite' },
      Disabled: true,
    });
});
