import type { Download, Page } from '@playwright/test';
import { expect } from '../fixtures/console.ts';

/** The form of the page /generate, by what a person reads. */
export const generateForm = (page: Page) => ({
  name: page.getByRole('textbox', { name: 'Name' }),
  clearance: (label: 'User' | 'Operator' | 'Cluster admin') => page.getByRole('radio', { name: label, exact: true }),
  database: page.getByRole('combobox', { name: 'Add a database' }),
  databases: page.getByRole('list', { name: 'Databases' }),
  level: (database: string, level: 'Read' | 'Read and write' | 'Admin') =>
    page.getByRole('radiogroup', { name: `Access to ${database}` }).getByRole('radio', { name: level, exact: true }),
  expiry: page.getByRole('textbox', { name: 'Expires in' }),
  unit: page.getByRole('combobox', { name: 'Unit of the expiry' }),
  passphrase: page.getByLabel('Passphrase optional'),
  twoFactor: page.getByRole('switch', { name: 'Require two-factor authentication' }),
  code: page.getByLabel('2. Enter the code that it shows'),
  skip: page.getByRole('button', { name: 'Skip the check' }),
  generate: page.getByRole('button', { name: 'Generate and download' }),
  stop: page.getByRole('button', { name: 'Stop' }),
  canDo: page.getByRole('region', { name: 'What this certificate can do' }),
});

/** The authentication key that the page shows, without its blanks. */
export async function shownKey(page: Page): Promise<string> {
  const text = await page.getByText(/^[A-Z2-7]{4}( [A-Z2-7]{4}){7}$/).innerText();
  return text.replaceAll(' ', '');
}

/** Adds databases by name. */
export async function addDatabases(page: Page, ...names: string[]): Promise<void> {
  const { database, databases } = generateForm(page);
  for (const name of names) {
    await database.fill(name);
    await database.press('Enter');
    await expect(databases.getByRole('button', { name: `Remove ${name}` })).toBeAttached();
  }
}

/** Sends the form and waits for the zip and for the list with the new certificate. */
export async function issue(page: Page, name: string): Promise<Download> {
  const download = page.waitForEvent('download', { timeout: 60_000 });
  await generateForm(page).generate.click();
  const saved = await download;
  await expect(page.getByRole('heading', { name: 'Certificates', level: 1 })).toBeVisible();
  await expect(page.getByText(`“${name}” is issued`)).toBeVisible();
  return saved;
}
