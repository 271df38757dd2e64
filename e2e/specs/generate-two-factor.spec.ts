import { randomBytes } from 'node:crypto';
import { expect, test } from '../fixtures/console.ts';
import { codeOf } from '../support/codes.ts';
import { generateForm, issue, shownKey } from '../support/generate-form.ts';
import { heap, traces } from '../support/traces.ts';
import { zipOf } from '../support/zip.ts';

test('a second factor is tried before it counts, and then asked for', async ({ page, raven }) => {
  const name = raven.unique('with a code');
  await page.goto('/generate');
  const form = generateForm(page);
  await form.name.fill(name);
  await form.clearance('Operator').check();
  await form.twoFactor.check();
  const key = await shownKey(page);
  expect(key).toMatch(/^[A-Z2-7]{32}$/);
  await expect(page.getByRole('img', { name: 'QR code of the authentication key' })).toBeVisible();

  await form.generate.click();
  await expect(form.code).toBeFocused();
  await expect(form.code).toHaveAccessibleDescription(/Enter the code that the app shows, or skip the check/);
  // Codes of minutes ago or to come tell of clocks that differ; half a minute may pass meanwhile.
  await form.code.fill(codeOf(key, 6));
  await expect(form.code).toHaveAccessibleDescription(/[23] min ahead.*clocks of the phone and this computer differ/);
  await form.code.fill(codeOf(key, -10));
  await expect(form.code).toHaveAccessibleDescription(/[56] min late/);
  const wrong = String((Number(codeOf(key)) + 123_457) % 1_000_000).padStart(6, '0');
  await form.code.fill(wrong);
  await expect(form.code).toHaveAccessibleDescription(/code isn’t of this key|clocks/);
  // Typed with a blank, as apps show it.
  const code = codeOf(key);
  await form.code.pressSequentially(`${code.slice(0, 3)} ${code.slice(3)}`);
  await expect(page.getByText('The app shows the right codes.')).toBeVisible();

  const { identity } = await zipOf(await issue(page, name));
  await expect(page.getByRole('grid').getByRole('row').filter({ hasText: name })).toContainText('2FA');
  expect((await raven.request('/admin/certificates', { as: identity })).status).toBe(428);
  const opened = await raven.request('/authentication/2fa?hasLimits=false', {
    method: 'POST',
    as: identity,
    json: { Token: codeOf(key, 1) },
  });
  expect(opened.status).toBe(202);
  expect((await raven.request('/admin/certificates', { as: identity })).status).toBe(200);
});

test('the check can be skipped on purpose; each time it is another key', async ({ page, raven }) => {
  const name = raven.unique('unchecked');
  await page.goto('/generate');
  const form = generateForm(page);
  await form.name.fill(name);
  await form.clearance('Operator').check();
  await form.twoFactor.check();
  const first = await shownKey(page);
  await form.twoFactor.uncheck();
  await expect(page.getByText('The key is shown only now.')).toHaveCount(0);
  expect(await traces(page)).not.toContain(first.slice(0, 16));
  await form.twoFactor.check();
  expect(await shownKey(page)).not.toBe(first);
  await form.skip.click();
  await expect(page.getByText('whoever uses this certificate is locked out if the app has another key')).toBeVisible();
  const { identity } = await zipOf(await issue(page, name));
  expect((await raven.find(identity.thumbprint))?.HasTwoFactor).toBe(true);
});

test('without a key there is a reason and another try', async ({ page, context }) => {
  await page.goto('/generate');
  const form = generateForm(page);
  // The part of the page that shows it has to be there: only the key shall fail.
  await form.twoFactor.check();
  await shownKey(page);
  await form.twoFactor.uncheck();
  await context.setOffline(true);
  await form.twoFactor.check();
  await expect(page.getByText('There is no authentication key yet')).toBeVisible();
  await form.name.fill('someone');
  await form.clearance('Operator').check();
  await form.generate.click();
  await expect(page).toHaveURL('/generate');
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  expect(await shownKey(page)).toHaveLength(32);
});

test('passphrase, authentication key and private key stay nowhere', async ({ page, raven }) => {
  const passphrase = `phrase-${randomBytes(12).toString('hex')}`;
  const name = raven.unique('kept nowhere');
  const sent: { url: string; body: string }[] = [];
  const said: string[] = [];
  page.on('request', (request) => sent.push({ url: request.url(), body: request.postData() ?? '' }));
  page.on('console', (message) => said.push(message.text()));
  await page.goto('/generate');
  const form = generateForm(page);
  await form.name.fill(name);
  await form.clearance('Operator').check();
  await form.passphrase.pressSequentially(passphrase);
  await page.getByRole('button', { name: 'Show passphrase' }).click();
  await form.twoFactor.check();
  const key = await shownKey(page);
  const shown = key.replace(/(.{4})(?=.)/g, '$1 ');
  await form.code.fill(codeOf(key));
  await expect(page.getByText('The app shows the right codes.')).toBeVisible();
  // The control: the search finds them while they are there, though the passphrase never is in the markup.
  const before = await heap(page);
  expect(before.includes(passphrase)).toBe(true);
  expect(before.includes(key)).toBe(true);
  const seen = await traces(page);
  expect(seen).toContain(passphrase);
  expect(seen).toContain(shown);
  expect(await page.content()).not.toContain(passphrase);
  expect(await page.content()).not.toContain(key);

  const { identity } = await zipOf(await issue(page, name));
  const privateKey = identity.pem.split('\n').at(-6) ?? '';
  expect(privateKey).toMatch(/^[A-Za-z0-9+/]{64}$/);
  const secrets = { passphrase, key, shown, privateKey };
  const left = await traces(page);
  for (const [what, secret] of Object.entries(secrets)) {
    expect(left.includes(secret), `${what} in the page`).toBe(false);
    expect(said.join('\n').includes(secret), `${what} in the console`).toBe(false);
    expect(
      sent.filter(({ url }) => url.includes(secret)),
      `${what} in an address`,
    ).toEqual([]);
  }
  const bodies = sent.filter(({ body }) => body.includes(passphrase) || body.includes(key));
  expect(bodies.map(({ url }) => new URL(url).pathname)).toEqual([expect.stringMatching(/\/admin\/certificates$/)]);
  await expect(async () => {
    const after = await heap(page);
    for (const [what, secret] of Object.entries(secrets))
      expect(after.includes(secret), `${what} in the heap`).toBe(false);
  }).toPass({ timeout: 30_000 });

  // Going back shows an empty form.
  await page.goto('/generate');
  await expect(form.passphrase).toHaveValue('');
});

test('a form that was left keeps nothing either', async ({ page }) => {
  const passphrase = `phrase-${randomBytes(12).toString('hex')}`;
  await page.getByRole('link', { name: 'Generate certificate' }).first().click();
  const form = generateForm(page);
  await form.passphrase.pressSequentially(passphrase);
  await form.twoFactor.check();
  const key = await shownKey(page);
  await page.getByRole('link', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Leave' }).click();
  await expect(page.getByRole('heading', { name: 'Certificates', level: 1 })).toBeVisible();
  const left = await traces(page);
  expect(left.includes(passphrase)).toBe(false);
  expect(left.includes(key)).toBe(false);
  await expect(async () => {
    const after = await heap(page);
    expect(after.includes(passphrase), 'passphrase in the heap').toBe(false);
    expect(after.includes(key), 'key in the heap').toBe(false);
  }).toPass({ timeout: 30_000 });
});
