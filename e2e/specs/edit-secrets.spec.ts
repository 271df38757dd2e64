import { expect, test } from '../fixtures/console.ts';
import { codeOf, newKey } from '../support/codes.ts';
import { registered } from '../support/people.ts';
import { heap, traces } from '../support/traces.ts';

// A trace keeps the values of fields in the page itself.
test.use({ trace: 'off' });

const shown = /^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/;

test('the authentication key of an edit leaves page and heap with it', async ({ page, raven }) => {
  const { thumbprint } = await registered(raven, { name: raven.unique('edit'), clearance: 'Operator' });
  const sent: string[] = [];
  const said: string[] = [];
  page.on('request', (request) => sent.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`));
  page.on('console', (message) => said.push(message.text()));
  await page.goto(`/certificates/${thumbprint}/edit`);
  await page.getByRole('radio', { name: 'Ask for a code' }).check();
  const grouped = await page.getByText(shown).innerText();
  const key = grouped.replaceAll(' ', '');
  // The control: the search finds it while it is there.
  expect(await heap(page)).toContain(key);
  expect(await traces(page)).toContain(grouped);

  await page.getByLabel('2. Enter the code that it shows').fill(codeOf(key));
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('is saved')).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/certificates/${thumbprint}$`));
  expect(
    sent.filter((request) => request.includes(key)).map((request) => request.split('?')[0]?.split(' {')[0]),
  ).toEqual([`POST ${new URL('/raven/admin/certificates/edit', page.url()).href}`]);
  expect(sent.join('\n').split(key)[0]).not.toMatch(/\?[^ ]*$/);
  expect(said.join('\n')).not.toContain(key);
  for (const text of [key, grouped]) {
    await expect.poll(async () => (await heap(page)).includes(text), { timeout: 30_000 }).toBe(false);
    expect(await traces(page)).not.toContain(text);
  }
});

test('given up, it is gone as well; so it is when another choice is made', async ({ page, raven }) => {
  const { thumbprint } = await registered(raven, { name: raven.unique('edit'), twoFactorKey: newKey() });
  await page.goto(`/certificates/${thumbprint}/edit`);
  await page.getByRole('radio', { name: 'New key' }).check();
  const key = (await page.getByText(shown).innerText()).replaceAll(' ', '');
  await page.getByRole('radio', { name: 'Keep the key' }).check();
  await expect(page.getByText(shown)).toHaveCount(0);
  await expect.poll(async () => (await heap(page)).includes(key), { timeout: 30_000 }).toBe(false);
  await page.getByRole('radio', { name: 'New key' }).check();
  const second = (await page.getByText(shown).innerText()).replaceAll(' ', '');
  expect(second).not.toBe(key);
  await page.getByRole('link', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Leave' }).click();
  await expect(page).toHaveURL(new RegExp(`/certificates/${thumbprint}$`));
  await expect.poll(async () => (await heap(page)).includes(second), { timeout: 30_000 }).toBe(false);
});

test('a stored key never reaches the page, not even on a server that would hand it out', async ({ page, raven }) => {
  const key = newKey();
  const name = raven.unique('edit');
  const { thumbprint } = await registered(raven, { name, clearance: 'Operator', twoFactorKey: key });
  const bodies: string[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/raven/'))
      void response.text().then(
        (body) => bodies.push(body),
        () => undefined,
      );
  });
  await page.goto(`/certificates/${thumbprint}/edit`);
  await page.getByRole('textbox', { name: 'Name' }).fill('changed');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect.poll(() => raven.find(thumbprint)).toMatchObject({ Name: 'changed', HasTwoFactor: true });
  expect(bodies.length).toBeGreaterThan(2);
  // Up to here: what the page of a certificate reads afterwards is that page's.
  const edit = bodies.filter((body) => body.includes(thumbprint) && !body.includes('"Certificate":'));
  expect(edit.length).toBeGreaterThan(1);
  expect(edit.join('\n')).not.toContain(key);
});
