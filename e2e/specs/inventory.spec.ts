import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { newKey } from '../support/codes.ts';
import { registered } from '../support/people.ts';

async function exported(page: Page, how: 'CSV' | 'JSON'): Promise<{ name: string; text: string }> {
  await page.getByRole('button', { name: 'Export this list' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: `Export as ${how}` }).click(),
  ]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

test('the list as it is filtered is saved as CSV and JSON, without anything that proves an identity', async ({
  page,
  raven,
}) => {
  const text = raven.unique('audit');
  const twoFactorKey = newKey();
  const secret = await registered(raven, {
    name: `${text} "a", b`,
    permissions: { orders: 'Read', stock: 'Admin' },
    twoFactorKey,
  });
  const formula = await registered(raven, { name: `=HYPERLINK("http://x","${text}")`, clearance: 'Operator' });
  await registered(raven, { name: raven.unique('other') });
  await page.goto(`/?q=${encodeURIComponent(text)}&sort=name`);
  await expect(page.getByRole('grid').getByRole('link')).toHaveCount(2);

  const csv = await exported(page, 'CSV');
  expect(csv.name).toMatch(/^certificates-\d{4}-\d\d-\d\d\.csv$/);
  const lines = csv.text.trimEnd().split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(
    /^"Name","Thumbprint","Collection","Kind","Clearance","State","Databases","Valid from","Expires",/,
  );
  expect(csv.text).toContain(
    `"${text} ""a"", b","${secret.thumbprint}","","client","ValidUser","valid","orders:Read stock:Admin",`,
  );
  // A spreadsheet takes it for text.
  expect(csv.text).toContain(`"'=HYPERLINK(""http://x"",""${text}"")","${formula.thumbprint}"`);

  const json = await exported(page, 'JSON');
  expect(json.name).toMatch(/\.json$/);
  const items = JSON.parse(json.text) as Record<string, unknown>[];
  expect(items.map(({ thumbprint }) => thumbprint).sort()).toEqual([secret.thumbprint, formula.thumbprint].sort());
  expect(items.find(({ thumbprint }) => thumbprint === secret.thumbprint)).toMatchObject({
    databases: [
      { database: 'orders', access: 'Read' },
      { database: 'stock', access: 'Admin' },
    ],
    twoFactor: true,
  });
  const key = /-----BEGIN PRIVATE KEY-----\s*(\S+)/.exec(secret.pem)?.[1] ?? 'none';
  const der = (await raven.request(`/admin/certificates?thumbprint=${secret.thumbprint}`)).body.toString();
  // The control: the server does hand the certificate out.
  const certificate = /"Certificate":"([^"]{60})/.exec(der)?.[1] ?? '';
  expect(certificate).not.toBe('');
  for (const file of [csv.text, json.text])
    for (const proof of [twoFactorKey, key, certificate]) expect(file).not.toContain(proof);
});

test('what is selected is exported by itself', async ({ page, raven }) => {
  const text = raven.unique('audit');
  const one = await registered(raven, { name: `${text} 1` });
  await registered(raven, { name: `${text} 2` });
  await page.goto(`/?q=${encodeURIComponent(text)}&sort=name`);
  await page.getByRole('checkbox', { name: `Select ${text} 1` }).click();
  await page.getByRole('group', { name: 'Selected certificates' }).getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Export as JSON' }).click(),
  ]);
  const items = JSON.parse(await readFile(await download.path(), 'utf8')) as { thumbprint: string }[];
  expect(items.map(({ thumbprint }) => thumbprint)).toEqual([one.thumbprint]);
});
