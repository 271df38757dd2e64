import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/cluster.ts';
import { registered } from '../support/people.ts';
import { certificateFile, testCertificate } from '../support/test-certificates.ts';

const grid = (page: Page) => page.getByRole('grid', { name: 'Certificates' });
const header = (page: Page) => page.getByRole('banner');

test('when the node that answers dies, another goes on: the page stays, and what was typed', async ({
  page,
  cluster,
  consoleOn,
}) => {
  await page.goto(await consoleOn(['A']));
  await expect(header(page)).toContainText('node A of 3, leader');
  await page.getByRole('link', { name: 'Generate certificate' }).click();
  await page.getByLabel('Name', { exact: true }).fill('half a form');
  cluster.leader = 'B';
  await cluster.kill('A');
  await expect(header(page)).toContainText('node B of 3, leader', { timeout: 15_000 });
  await expect(header(page)).toContainText('A is away');
  await expect(header(page)).toContainText(new URL(cluster.nodes.B.url).host);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('half a form');
  await expect(page.getByText('RavenDB can’t be reached')).toHaveCount(0);
});

test('a node that hangs is left as well', async ({ page, cluster, consoleOn }) => {
  await page.goto(await consoleOn(['A', 'B']));
  await expect(grid(page).getByRole('link').first()).toBeVisible();
  cluster.nodes.A.hangs = true;
  cluster.leader = 'B';
  await page.reload();
  await expect(grid(page).getByRole('link').first()).toBeVisible();
  await expect(header(page)).toContainText('node B of 3, leader');
  await expect(header(page)).toContainText('A is away');
});

test('one hanging node leaves the last uses of the others, and is named', async ({
  page,
  raven,
  cluster,
  consoleOn,
}) => {
  const name = raven.unique('used-on-b');
  const { thumbprint } = await registered(raven, { name });
  cluster.nodes.B.lastUse.set(thumbprint, new Date(Date.now() - 3_600_000).toISOString());
  cluster.nodes.C.hangs = true;
  await page.goto(await consoleOn(['A']));
  const { origin } = new URL(page.url());
  await page.goto(`${origin}/?q=${name}`);
  await expect(grid(page).getByRole('row', { name: new RegExp(name) })).toContainText('1 h ago');
  await page.goto(`${origin}/certificates/${thumbprint}`);
  await expect(page.getByText('1 h ago')).toBeVisible();
  await expect(page.getByText('node C didn’t answer')).toBeVisible();
});

test('without a leader it is said before and after a save, and the save is sent once', async ({
  page,
  raven,
  cluster,
  consoleOn,
}) => {
  const { thumbprint } = await registered(raven, { name: raven.unique('to-edit') });
  const signIn = await consoleOn(['A']);
  await page.goto(signIn);
  cluster.leader = null;
  await page.goto(new URL(`/certificates/${thumbprint}?do=disable`, signIn).href);
  await expect(page.getByText('The cluster has no leader', { exact: true })).toBeVisible();
  await expect(header(page)).toContainText('no leader');
  await page.getByRole('button', { name: 'Disable', exact: true }).click();
  await expect(page.getByText('The cluster has no leader, so that it takes no changes')).toBeVisible();
  expect(cluster.nodes.A.asked.filter((line) => line === 'POST /admin/certificates/edit')).toHaveLength(1);
  cluster.leader = 'A';
  await expect(page.getByText('The cluster has no leader', { exact: true })).toBeHidden({ timeout: 15_000 });
});

test('cancelling a replacement reaches every node; one that is away is named, and the entry stays till it did', async ({
  page,
  raven,
  cluster,
  consoleOn,
}) => {
  const pending = await cluster.beginReplacement(testCertificate('newserver').der);
  await cluster.kill('C');
  await page.goto(await consoleOn(['A']));
  await page.getByRole('link', { name: 'Server', exact: true }).first().click();
  const cancel = async () => {
    await page.getByRole('button', { name: 'Cancel the replacement' }).click();
    await expect(page.getByRole('dialog')).toContainText('It is cancelled on each of the 3 nodes.');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the replacement' }).click();
  };
  await cancel();
  await expect(page.getByRole('dialog')).toContainText(`Done on A, B; not on C (${cluster.nodes.C.url}`);
  await expect(page.getByRole('dialog')).toContainText('Bring those nodes back and do it again.');
  expect(cluster.nodes.B.pending).toBeUndefined();
  expect(await raven.find(pending)).toBeDefined();

  await cluster.revive('C');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the replacement' }).click();
  await expect(page.getByText('Replacement cancelled: the server keeps its certificate.')).toBeVisible();
  expect(cluster.nodes.C.pending).toBeUndefined();
  expect(await raven.find(pending)).toBeUndefined();
});

test('a code opens the session on the leader too, so that a replacement sent by a follower gets through', async ({
  page,
  cluster,
  consoleOn,
}) => {
  cluster.needsCode = true;
  await page.goto(await consoleOn(['B']));
  await page.getByLabel('Authentication code').fill('123456');
  await expect(grid(page).getByRole('link').first()).toBeVisible();
  await page.goto(new URL('/server/replace', page.url()).href);
  await page
    .getByLabel('Choose the new certificate with its key, or drop it here')
    .setInputFiles(certificateFile('newserver.pfx'));
  await page.getByRole('button', { name: 'Replace the certificate' }).click();
  await expect.poll(() => cluster.nodes.A.asked).toContain('POST /admin/certificates/replace-cluster-cert');
  await expect(page.getByText('asks for the second factor')).toHaveCount(0);
});
