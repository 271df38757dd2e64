import { expect, test } from '../fixtures/console.ts';
import { registered } from '../support/people.ts';

// `npm run test:quick` runs this one alone.

/** Every view that has an address, below it `:thumbprint` of a certificate that is registered, and its heading. */
const views = [
  ['/', 'Certificates'],
  ['/generate', 'Generate a client certificate'],
  ['/upload', 'Upload a certificate'],
  ['/bulk', 'Change several certificates'],
  ['/certificates/:thumbprint', 'looked at'],
  ['/certificates/:thumbprint/history', 'History of looked at'],
  ['/certificates/:thumbprint/use', 'Use this certificate'],
  ['/certificates/:thumbprint/edit', 'Edit'],
  ['/certificates/:thumbprint/rotate', 'Rotate “looked at”'],
  ['/history', 'History'],
  ['/server', 'Server certificates'],
  ['/server/export', 'Export the server certificates'],
  ['/server/replace', 'Replace the server certificate'],
  ['/two-factor', 'No code needed now'],
] as const;

test('each view opens by its address, under its heading', async ({ page, raven }) => {
  test.setTimeout(120_000);
  const { thumbprint } = await registered(raven, { name: 'looked at' });
  for (const [path, heading] of views) {
    await page.goto(path.replace(':thumbprint', thumbprint));
    await expect(page.getByRole('heading', { level: 1, name: heading, exact: true }), path).toBeVisible();
  }
});
