import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import type { Raven } from '../fixtures/raven.ts';
import { expectAccessible } from '../support/axe.ts';
import { certificateFile, testCertificate } from '../support/test-certificates.ts';

const upload = 'Choose a certificate file, or drop it here';
const replace = 'Choose the new certificate with its key, or drop it here';

const states: [string, (page: Page, raven: Raven) => Promise<void>][] = [
  [
    'upload, empty',
    async (page) => {
      await page.goto('/upload');
    },
  ],
  [
    'upload, locked and wrong',
    async (page) => {
      await page.goto('/upload');
      await page.getByLabel(upload).setInputFiles(certificateFile('bob-secret.pfx'));
      await page.getByLabel('Passphrase of the file').fill('nope');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('alert')).toBeVisible();
    },
  ],
  [
    'upload, a set',
    async (page) => {
      await page.goto('/upload');
      await page.getByLabel(upload).setInputFiles(certificateFile('leaf1-chain.pfx'));
      await expect(page.getByRole('heading', { name: 'leaf1-chain.pfx' })).toBeVisible();
      await page.getByText('What is in it').first().click();
    },
  ],
  [
    'upload, registered already, with all settings and errors',
    async (page, raven) => {
      await raven.put(testCertificate('alice').der, { name: 'before' });
      await page.goto('/upload');
      await page.getByLabel(upload).setInputFiles(certificateFile('alice.pfx'));
      await page.getByRole('checkbox', { name: 'Replace the settings of “before”' }).check();
      await page.getByRole('combobox', { name: 'Add a database' }).fill('orders');
      await page.keyboard.press('Enter');
      await page.getByRole('switch', { name: 'Require two-factor authentication' }).check();
      await page.getByRole('button', { name: 'Upload and replace' }).click();
      await expect(page.getByText('skip the check on purpose')).toBeVisible();
    },
  ],
  [
    'server',
    async (page) => {
      await page.goto('/server');
      await expect(page.getByRole('region', { name: 'This server’s certificate' })).toContainText('Thumbprint');
      await expect(page.getByRole('region', { name: 'Renewal' })).toContainText('setup mode');
    },
  ],
  [
    'export',
    async (page) => {
      await page.goto('/server/export');
      await expect(page.getByText('no private key is in it')).toBeVisible();
    },
  ],
  [
    'export, the other way',
    async (page) => {
      await page.goto('/server/export');
      await expect(page.getByText('no private key is in it')).toBeVisible();
      await page.getByRole('radio', { name: 'Another cluster connects' }).check();
    },
  ],
  [
    'replace, empty',
    async (page) => {
      await page.goto('/server/replace');
    },
  ],
  [
    'replace, refused',
    async (page) => {
      await page.goto('/server/replace');
      await page.getByLabel(replace).setInputFiles(certificateFile('expiredserver.pfx'));
      await expect(page.getByText('It expired on 2021-01-01.').first()).toBeVisible();
    },
  ],
];

for (const [name, reach] of states)
  test(`axe and reflow: ${name}`, async ({ page, raven }) => {
    await reach(page, raven);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessible(page);
  });
