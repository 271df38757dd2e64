import { expect, test } from '../fixtures/console.ts';
import { registered } from '../support/people.ts';

test('a user sees their own certificate and what it opens, and nothing else', async ({ page, raven, consoleAs }) => {
  const name = raven.unique('reader');
  const reader = await registered(raven, { name, permissions: { orders: 'ReadWrite', stock: 'Admin' } });
  await page.goto(await consoleAs(reader));
  await expect(page.getByRole('heading', { name: 'Your certificate' })).toBeVisible();
  await expect(page.getByText(`“${name}” has the clearance User`)).toBeVisible();
  await expect(page.getByText('orders', { exact: true })).toBeVisible();
  await expect(page.getByText(reader.thumbprint)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Generate certificate' })).toHaveCount(0);
  // By an address of an admin's page it is the same.
  await page.goto(new URL('/generate', page.url()).href);
  await expect(page.getByRole('heading', { name: 'Your certificate' })).toBeVisible();
});

test('an operator manages users and operators, and is told what only a cluster admin does', async ({
  page,
  raven,
  consoleAs,
}) => {
  const operator = await registered(raven, { name: raven.unique('ops'), clearance: 'Operator' });
  const admin = await registered(raven, { name: raven.unique('boss'), clearance: 'ClusterAdmin' });
  const user = await registered(raven, { name: raven.unique('worker'), permissions: { orders: 'ReadWrite' } });
  await page.goto(await consoleAs(operator));
  const { origin } = new URL(page.url());
  await expect(page.getByRole('grid', { name: 'Certificates' }).getByRole('link').first()).toBeVisible();

  await page.goto(`${origin}/certificates/${admin.thumbprint}`);
  await expect(page.getByRole('button', { name: 'Edit' })).toHaveAccessibleDescription(/Only a cluster admin/);
  await page.goto(`${origin}/certificates/${admin.thumbprint}?do=delete`);
  await expect(page.getByRole('dialog')).toContainText('Only a cluster admin');
  await page.goto(`${origin}/server`);
  await expect(page.getByRole('button', { name: 'Replace' })).toHaveAccessibleDescription(/Only a cluster admin/);
  await page.goto(`${origin}/server/replace`);
  await expect(page.getByText(/cluster admin/i).first()).toBeVisible();

  await page.goto(`${origin}/certificates/${user.thumbprint}?do=disable`);
  await page.getByRole('button', { name: 'Disable', exact: true }).click();
  await expect.poll(async () => (await raven.find(user.thumbprint))?.Disabled).toBe(true);
});

test('a server before 7.2 has no disabling: the action is there, and says so', async ({ page, raven }) => {
  const { thumbprint } = await registered(raven, { name: raven.unique('old') });
  const newer =
    /,"(Disabled|Usage|AllowAnySsoServer|SsoIdentifiers|SsoServerPublicKeyPinningHashes)":(\[[^\]]*\]|true|false|null|"[^"]*")/g;
  let left = 0;
  await page.route(/\/admin\/certificates(\?|$)/, async (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    try {
      const answer = await route.fetch();
      const body = await answer.text();
      left += body.split('"Disabled"').length - 1;
      await route.fulfill({ response: answer, body: body.replace(newer, '') });
      return;
    } catch {
      // The page went on meanwhile.
      return undefined;
    }
  });
  await page.goto('/');
  await expect(page.getByRole('grid', { name: 'Certificates' }).getByRole('link').first()).toBeVisible();
  await page.goto(`/certificates/${thumbprint}`);
  await page.getByRole('button', { name: 'More actions' }).click();
  await expect(page.getByRole('menuitem', { name: 'Disable' })).toContainText('since 7.2');
  await page.goto(`/certificates/${thumbprint}/edit`);
  const changed = raven.unique('changed');
  await page.getByRole('textbox', { name: 'Name' }).fill(changed);
  const [sent] = await Promise.all([
    page.waitForRequest(/\/admin\/certificates\/edit/),
    page.getByRole('button', { name: 'Save', exact: true }).click(),
  ]);
  expect(sent.postDataJSON()).not.toHaveProperty('Disabled');
  await expect(page.getByText('is saved')).toBeVisible();
  expect(left).toBeGreaterThan(2);
});
