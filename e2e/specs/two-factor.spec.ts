import type { Page } from '@playwright/test';
import { type Identity, expect, test } from '../fixtures/console.ts';
import type { Raven } from '../fixtures/raven.ts';
import { codeOf, newKey } from '../support/codes.ts';
import { registered } from '../support/people.ts';

const screen = (page: Page) => page.getByRole('heading', { name: 'Enter your authentication code' });
const code = (page: Page) => page.getByLabel('Authentication code');
const clock = (page: Page) => page.getByRole('group', { name: 'Two-factor session' });
const list = (page: Page) => page.getByRole('heading', { name: 'Certificates', level: 1 });

interface Person {
  readonly key: string;
  readonly identity: Identity;
  readonly name: string;
}

/** A cluster admin who owes a second factor. */
async function person(raven: Raven): Promise<Person> {
  const key = newKey();
  const name = raven.unique('second-factor');
  return { key, name, identity: await registered(raven, { name, clearance: 'ClusterAdmin', twoFactorKey: key }) };
}

/** Signs in to a console of this person, on a page of it. */
async function open(page: Page, signIn: string, path = '/'): Promise<void> {
  await page.goto(signIn);
  await page.goto(new URL(path, signIn).href);
  await expect(screen(page)).toBeVisible();
}

test('the page that was asked for comes after the code, and the session can be ended', async ({
  page,
  raven,
  consoleAs,
}) => {
  const { key, name, identity } = await person(raven);
  await open(page, await consoleAs(identity), '/?q=first');
  await expect(page.getByText(`The certificate ${name} needs a second factor`)).toBeVisible();
  await expect(code(page)).toBeFocused();
  await page.keyboard.type(codeOf(key, -1));
  await expect(page).toHaveURL(/\/\?q=first$/);
  await expect(clock(page)).toContainText(/(2 h 0|1 h 59) min left/);

  await page.getByRole('button', { name: 'End session' }).click();
  await expect(screen(page)).toBeVisible();
  await expect(clock(page)).toHaveCount(0);
  await code(page).fill(codeOf(key));
  await expect(page).toHaveURL(/\/\?q=first$/);
  await expect(clock(page)).toBeVisible();
});

test('a wrong code is said at the field, which is empty and ready again', async ({ page, raven, consoleAs }) => {
  const { key, identity } = await person(raven);
  await open(page, await consoleAs(identity));
  await code(page).fill('000000');
  await expect(code(page)).toHaveAccessibleDescription(/That code wasn’t accepted/);
  await expect(code(page)).toHaveValue('');
  await expect(code(page)).toBeFocused();
  await expect(page.getByText('set the phone’s clock to automatic')).toBeVisible();
  await code(page).fill('12345');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(code(page)).toHaveAccessibleDescription(/six digits/);
  await code(page).fill(codeOf(key));
  await expect(list(page)).toBeVisible();
});

test('a code is pasted as apps show it', async ({ page, raven, consoleAs }) => {
  const { key, identity } = await person(raven);
  await open(page, await consoleAs(identity));
  await expect(code(page)).toHaveAttribute('autocomplete', 'one-time-code');
  const [first = '', second = ''] = codeOf(key).match(/.{3}/g) ?? [];
  await page.evaluate((text) => navigator.clipboard.writeText(text), `${first} ${second}\n`).catch(() => undefined);
  await code(page).focus();
  await page.keyboard.insertText(`${first} ${second}`);
  await expect(list(page)).toBeVisible();
});

test('after too many codes it says how long to wait', async ({ page, raven, consoleAs, site }) => {
  test.skip(site.real, 'RavenDB takes any number of codes.');
  const { key, identity } = await person(raven);
  await open(page, await consoleAs(identity));
  for (let wrong = 0; wrong < 6; wrong += 1) {
    const answered = page.waitForResponse(/authentication\/2fa\?/);
    await code(page).fill('000000');
    await answered;
    await expect(code(page)).toHaveValue('');
  }
  await expect(code(page)).toHaveAccessibleDescription(/Too many codes .* in \d+ seconds/);
  await code(page).fill(codeOf(key));
  await expect(code(page)).toHaveAccessibleDescription(/Too many codes/);
});

test('“this console only” lets nobody else in, “every client” does', async ({ page, raven, consoleAs }) => {
  const { key, identity } = await person(raven);
  await open(page, await consoleAs(identity));
  await code(page).fill(codeOf(key, -1));
  await expect(list(page)).toBeVisible();
  expect((await raven.request('/databases', { as: identity })).status).toBe(428);

  await page.getByRole('button', { name: 'End session' }).click();
  await expect(screen(page)).toBeVisible();
  await page.getByRole('radio', { name: 'Every client' }).check();
  await expect(page.getByText('gets in to this server without a code')).toBeVisible();
  await code(page).fill(codeOf(key));
  await expect(list(page)).toBeVisible();
  expect((await raven.request('/databases', { as: identity })).status).toBe(200);
});

test('the session’s length has the server’s limits', async ({ page, raven, consoleAs }) => {
  const { key, identity } = await person(raven);
  await open(page, await consoleAs(identity));
  const length = page.getByLabel('Session lasts');
  await expect(length).toHaveValue('120');
  await expect(length.getByRole('option')).toContainText(['24 hours, the longest', 'Another length']);
  await length.selectOption('Another length…');
  const minutes = page.getByLabel('Minutes');
  await minutes.fill('1441');
  await expect(minutes).toHaveAccessibleDescription(/at most 1,440 minutes/);
  let sent = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST') sent += 1;
  });
  await code(page).fill(codeOf(key));
  await minutes.fill('30');
  expect(sent).toBe(0);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(clock(page)).toContainText('30 min left');
});

test('somebody else’s session doesn’t let this console in, and is named', async ({ page, raven, consoleAs }) => {
  const { key, identity } = await person(raven);
  const elsewhere = await raven.request('/authentication/2fa?hasLimits=true&sessionDurationInMin=60', {
    method: 'POST',
    as: identity,
    json: { Token: codeOf(key, -1) },
  });
  expect(elsewhere.status).toBe(202);
  await open(page, await consoleAs(identity));
  await expect(page.getByText('Another client of this certificate has a session')).toBeVisible();
  await code(page).fill(codeOf(key));
  await expect(list(page)).toBeVisible();
});

test('whoever owes no code is let on', async ({ page }) => {
  await page.goto('/two-factor?next=%2F%3Fq%3Dfirst');
  await expect(page.getByText('needs no second factor')).toBeVisible();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page).toHaveURL(/\/\?q=first$/);
  // A remembered page of another host is not gone to.
  await page.goto('/two-factor?next=%2F%2Fevil.example');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(list(page)).toBeVisible();
});

test('the time left counts down by itself', async ({ page, raven, consoleAs }) => {
  const { key, identity } = await person(raven);
  await page.clock.install();
  await open(page, await consoleAs(identity));
  await code(page).fill(codeOf(key));
  await expect(clock(page)).toContainText(/(2 h 0|1 h 59) min left/);
  await page.clock.fastForward('30:00');
  await expect(clock(page)).toContainText(/1 h (30|29) min left/);
  await page.clock.fastForward('01:28:30');
  await expect(clock(page)).toContainText(/1:\d\d left/);
});

test('a session that runs out leads back to the code', async ({ page, raven, consoleAs }) => {
  test.setTimeout(150_000);
  const { key, identity } = await person(raven);
  await open(page, await consoleAs(identity), '/?q=first');
  await page.getByLabel('Session lasts').selectOption('Another length…');
  await page.getByLabel('Minutes').fill('1');
  await code(page).fill(codeOf(key));
  await expect(clock(page)).toContainText(/0:\d\d left/);
  await expect(screen(page)).toBeVisible({ timeout: 90_000 });
  await expect(page).toHaveURL(/next=%2F%3Fq%3Dfirst/);
});

test('an edit that the end of the session interrupts isn’t lost', async ({ page, raven, consoleAs }) => {
  const { key, identity } = await person(raven);
  const name = raven.unique('edited');
  const { thumbprint } = await registered(raven, { name });
  await open(page, await consoleAs(identity), `/certificates/${thumbprint}/edit`);
  await code(page).fill(codeOf(key, -1));
  await page.getByLabel('Name').fill(`${name} new`);
  expect((await raven.request('/authentication/2fa', { method: 'DELETE', as: identity })).status).toBe(204);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(screen(page)).toBeVisible();
  await code(page).fill(codeOf(key));
  await expect(page.getByLabel('Name')).toHaveValue(`${name} new`);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(async () => (await raven.find(thumbprint))?.Name).toBe(`${name} new`);
});

test.describe('on the node’s own address', () => {
  test('a browser that holds the certificate gets the same screen, and keeps the session itself', async ({
    browser,
    raven,
    site,
  }) => {
    test.skip(site.real, 'RavenDB serves its own Studio there.');
    const { key, identity } = await person(raven);
    const pem = Buffer.from(identity.pem);
    const context = await browser.newContext({
      ignoreHTTPSErrors: true,
      clientCertificates: [{ origin: raven.url, cert: pem, key: pem }],
    });
    const page = await context.newPage();
    await page.goto(`${raven.url}/studio/`);
    await expect(screen(page)).toBeVisible();
    await expect(page.getByRole('radio', { name: 'This browser only' })).toBeChecked();
    await code(page).fill(codeOf(key, -1));
    await expect(list(page)).toBeVisible();
    const cookies = await context.cookies(raven.url);
    expect(cookies).toMatchObject([{ name: '2fa-cookie', httpOnly: true, secure: true, sameSite: 'Strict' }]);
    await page.reload();
    await expect(list(page)).toBeVisible();
    await page.getByRole('button', { name: 'End session' }).click();
    await expect(screen(page)).toBeVisible();
    await context.close();
  });
});
