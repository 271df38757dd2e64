import { expect, test } from '../fixtures/console.ts';
import { openEdit } from '../support/edit-form.ts';
import { generateForm } from '../support/generate-form.ts';
import { asVersion } from '../support/older-server.ts';
import { registered } from '../support/people.ts';
import { certificateFile } from '../support/test-certificates.ts';

test.skip(({ site }) => site.real, 'real servers of these versions have tests of their own');

test('what 5.4.115 lacks is neither offered nor asked for', async ({ page, raven }) => {
  const name = raven.unique('old');
  await registered(raven, { name, clearance: 'Operator' });
  const { refused } = await asVersion(page, '5.4.115');
  await page.goto('/');
  await expect(page.getByRole('banner')).toContainText('5.4.115');
  const row = page.getByRole('row').filter({ hasText: name });
  await expect(row).toContainText('Not recorded');
  const views = page.getByRole('navigation', { name: 'Views' });
  await expect(views.getByRole('link')).toHaveText([/^All/, /^Valid/, /^Expiring/, /^Expired/]);
  await expect(page.getByRole('button', { name: /^Two-factor/ })).toHaveCount(0);
  await row.getByRole('checkbox').check();
  const bar = page.getByRole('group', { name: 'Selected certificates' });
  await expect(bar.getByRole('button', { name: 'Delete' })).toBeVisible();
  await expect(bar.getByRole('button', { name: /able$/ })).toHaveCount(0);
  expect(refused).toEqual([]);
});

test('what 5.4.115 lacks isn’t in the views of a certificate either', async ({ page, raven }) => {
  const name = raven.unique('old');
  const { thumbprint } = await registered(raven, { name, clearance: 'Operator' });
  const { refused } = await asVersion(page, '5.4.115');
  await page.goto(`/certificates/${thumbprint}`);
  const granted = page.getByRole('region', { name: 'What the server grants' });
  await expect(granted).toContainText('not asked, this version has none');
  await expect(granted).toContainText('This server doesn’t record when certificates are used');
  await page.goto(`/certificates/${thumbprint}?do=delete`);
  await expect(page.getByRole('dialog')).toContainText('This server doesn’t record when certificates are used');

  await openEdit(page, { thumbprint });
  await expect(page.getByRole('switch', { name: 'Enabled' })).toHaveCount(0);
  await expect(page.getByRole('group', { name: 'Second factor' })).toHaveCount(0);
  await page.goto('/generate');
  await expect(page.getByText('Protects the .pfx and the .key file.')).toBeVisible();
  await expect(generateForm(page).twoFactor).toHaveCount(0);
  await page.goto('/history');
  await expect(page.getByText('This server keeps no history that can be asked for')).toBeVisible();
  expect(refused).toEqual([]);
});

test('a rotation on 5.4.207 goes on by hand, without a step that it can’t do', async ({ page, raven }) => {
  const name = raven.unique('old');
  const old = await registered(raven, { name, begins: -20, clearance: 'Operator' });
  const next = await registered(raven, { name, begins: -1, clearance: 'Operator' });
  await asVersion(page, '5.4.207');
  await page.goto(`/certificates/${old.thumbprint}/rotate?to=${next.thumbprint}`);
  const step = (title: string) =>
    page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
  const handOver = step('Hand it over, and see it used');
  await expect(handOver).toContainText('This server doesn’t record when certificates are used');
  await expect(handOver).not.toContainText('Waiting for its first use');
  await expect(step('Disable the old one')).toHaveCount(0);
  await expect(handOver).toHaveAttribute('aria-current', 'step');
  await handOver.getByRole('button', { name: 'The new one is in use' }).click();
  const last = step('Delete the old one');
  await expect(last).toHaveAttribute('aria-current', 'step');
  await expect(last).toContainText('Whether the old one is still used isn’t known.');
  await last.getByRole('button', { name: 'Delete the old one' }).click();
  await expect.poll(() => raven.find(old.thumbprint)).toBeUndefined();
});

test('before 7.1 a server certificate without client authentication isn’t sent', async ({ page }) => {
  let posts = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST') posts += 1;
  });
  await asVersion(page, '6.2.4');
  await page.goto('/server/replace');
  await expect(page.getByRole('region', { name: 'What it needs' })).toContainText('“client authentication”');
  await page
    .getByLabel('Choose the new certificate with its key, or drop it here')
    .setInputFiles(certificateFile('serveronly.pem'));
  await expect(page.getByText('It isn’t made for client authentication, and would end this server.')).toBeVisible();
  await page.getByRole('button', { name: 'Replace the certificate' }).click({ force: true });
  expect(posts).toBe(0);
});

test('an answer that says nothing of the second factor that was saved is no success', async ({ page, raven }) => {
  test.slow();
  const name = raven.unique('ignored');
  await page.route(/\/raven\/admin\/certificates\?/, async (route) => {
    const response = await route.fetch();
    const list = (await response.json()) as { Results: object[] };
    const told = list.Results.map((entry) => ({ ...entry, HasTwoFactor: false }));
    await route.fulfill({ response, json: { ...list, Results: told } });
  });
  await page.goto('/generate');
  const form = generateForm(page);
  await form.name.fill(name);
  await form.clearance('Operator').check();
  await page.getByRole('radio', { name: 'Made in this browser' }).check();
  await form.twoFactor.check();
  await form.skip.click();
  await form.generate.click();
  await expect(page.getByText('The second factor isn’t confirmed')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(`“${name}” is issued`)).toHaveCount(0);
});
