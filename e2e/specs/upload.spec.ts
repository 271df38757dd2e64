import { currentCode } from '../../src/pki/totp.ts';
import { expect, test } from '../fixtures/console.ts';
import { certificateFile, testCertificate } from '../support/test-certificates.ts';

const fileInput = 'Choose a certificate file, or drop it here';

test.beforeEach(async ({ page }) => {
  await page.goto('/upload');
});

test('a file is shown before anything is sent, then registered and pointed out in the list', async ({
  page,
  raven,
}) => {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PUT') sent.push(request.postData() ?? '');
  });
  const alice = testCertificate('alice');
  await page.getByLabel(fileInput).setInputFiles(certificateFile('alice.pfx'));
  const contents = page.getByRole('region', { name: 'In the file' });
  await expect(contents.getByText('CN=alice').first()).toBeVisible();
  await expect(contents.getByText(alice.thumbprint)).toBeVisible();
  await expect(contents.getByText('Private key inside')).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('alice');
  expect(sent).toEqual([]);

  await page.getByRole('radio', { name: 'Operator' }).check();
  await page.getByRole('button', { name: 'Upload', exact: true }).click();
  await expect(page).toHaveURL('/');
  await expect(page.getByText('The certificate alice is in the list.')).toBeAttached();
  expect(await raven.find(alice.thumbprint)).toMatchObject({ Name: 'alice', SecurityClearance: 'Operator' });
  // The public part, as it is, and nothing else of the file.
  expect(sent).toHaveLength(1);
  expect((JSON.parse(sent[0] ?? '{}') as { Certificate?: string }).Certificate).toBe(alice.der);
});

test('a passphrase is asked for only where there is one, and tried here', async ({ page }) => {
  let requests = 0;
  page.on('request', (request) => {
    if (request.method() !== 'GET') requests += 1;
  });
  await page.getByLabel(fileInput).setInputFiles(certificateFile('bob-secret.pfx'));
  const passphrase = page.getByLabel('Passphrase of the file');
  await expect(passphrase).toBeFocused();
  await passphrase.fill('nope');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('doesn’t open the file');
  await expect(passphrase).toBeFocused();
  await passphrase.fill('secret');
  await page.getByRole('button', { name: 'Open the file' }).click();
  await expect(page.getByRole('heading', { name: 'bob-secret.pfx' })).toBeVisible();
  await expect(page.getByText('CN=bob').first()).toBeVisible();
  expect(requests).toBe(0);
});

test('a set becomes one entry, headed by the one that was chosen', async ({ page, raven }) => {
  const [carol, dave, erin] = [testCertificate('carol'), testCertificate('dave'), testCertificate('erin')];
  await page.getByLabel(fileInput).setInputFiles(certificateFile('three.pfx'));
  const certificates = page.getByRole('list', { name: 'Certificates in the file' });
  await expect(certificates.getByRole('checkbox')).toHaveCount(3);
  await page.getByRole('button', { name: 'Make dave the primary' }).click();
  await page.getByLabel('Name', { exact: true }).fill('the three');
  await page.getByRole('button', { name: 'Upload', exact: true }).click();
  await expect(page).toHaveURL('/');
  const entries = await raven.list();
  expect(entries.find(({ Thumbprint }) => Thumbprint === dave.thumbprint)).toMatchObject({
    Name: 'the three',
    CollectionPrimaryKey: '',
    CollectionSecondaryKeys: [carol.thumbprint, erin.thumbprint],
  });
  for (const { thumbprint } of [carol, erin])
    expect(entries.find(({ Thumbprint }) => Thumbprint === thumbprint)?.CollectionPrimaryKey).toBe(dave.thumbprint);
});

test('one of a set can be left out', async ({ page, raven }) => {
  await page.getByLabel(fileInput).setInputFiles(certificateFile('three.pfx'));
  await page.getByRole('checkbox', { name: 'erin' }).uncheck();
  await page.getByRole('button', { name: 'Upload', exact: true }).click();
  await expect(page).toHaveURL('/');
  expect(await raven.find(testCertificate('erin').thumbprint)).toBeUndefined();
  expect((await raven.find(testCertificate('carol').thumbprint))?.CollectionSecondaryKeys).toEqual([
    testCertificate('dave').thumbprint,
  ]);
});

test('whoever issued another one in the file is said to be left out, and is', async ({ page, raven }) => {
  await page.getByLabel(fileInput).setInputFiles(certificateFile('leaf1-chain.pfx'));
  await expect(page.getByText('Issued “leaf one”: RavenDB doesn’t register issuers')).toBeVisible();
  await page.getByRole('button', { name: 'Upload', exact: true }).click();
  await expect(page).toHaveURL('/');
  expect(await raven.find(testCertificate('leaf1').thumbprint)).toMatchObject({ CollectionSecondaryKeys: [] });
  expect(await raven.find(testCertificate('ca1').thumbprint)).toBeUndefined();
});

test('what would be overwritten is shown, and needs a word', async ({ page, raven }) => {
  const alice = testCertificate('alice');
  await raven.put(alice.der, { name: 'alice of old', clearance: 'Operator' });
  await page.reload();
  await page.getByLabel(fileInput).setInputFiles(certificateFile('alice.pem'));
  await expect(page.getByText('It is registered already, as “alice of old”.')).toBeVisible();
  // Its settings are the start, so that nothing changes unasked.
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('alice of old');
  await expect(page.getByText('nothing of it changes')).toBeVisible();
  await page.getByLabel('Name', { exact: true }).fill('alice anew');
  await page.getByRole('radio', { name: 'User' }).check();
  await expect(page.getByRole('list', { name: 'What changes' })).toContainText('Operator');
  const upload = page.getByRole('button', { name: 'Upload and replace' });
  await upload.click({ force: true });
  expect((await raven.find(alice.thumbprint))?.Name).toBe('alice of old');
  await page.getByRole('checkbox', { name: 'Replace the settings of “alice of old”' }).check();
  await upload.click();
  await expect(page).toHaveURL('/');
  expect(await raven.find(alice.thumbprint)).toMatchObject({ Name: 'alice anew', SecurityClearance: 'ValidUser' });
});

test('somebody who registers it meanwhile isn’t overwritten', async ({ page, raven }) => {
  const alice = testCertificate('alice');
  await page.getByLabel(fileInput).setInputFiles(certificateFile('alice.pem'));
  await expect(page.getByRole('button', { name: 'Upload', exact: true })).toBeEnabled();
  await raven.put(alice.der, { name: 'faster' });
  await page.getByRole('button', { name: 'Upload', exact: true }).click();
  await expect(page.getByText('It has been registered as “faster” meanwhile.')).toBeVisible();
  await expect(page.getByText('It is registered already, as “faster”.')).toBeVisible();
  expect((await raven.find(alice.thumbprint))?.Name).toBe('faster');
});

test('expired, not for clients, the same key: each is said first', async ({ page, raven }) => {
  await raven.put(testCertificate('same1').der, { name: 'first of the key' });
  await page.reload();
  await page.getByLabel(fileInput).setInputFiles(certificateFile('same2.pem'));
  await expect(page.getByText('It has the same key as “first of the key”.')).toBeVisible();
  await page.getByRole('button', { name: 'Choose another' }).click();
  await page.getByLabel(fileInput).setInputFiles(certificateFile('expired.pem'));
  await expect(page.getByText(/^It expired on /)).toBeVisible();
  await page.getByRole('button', { name: 'Choose another' }).click();
  await page.getByLabel(fileInput).setInputFiles(certificateFile('serveronly.pem'));
  await expect(page.getByText('It isn’t meant for client authentication.')).toBeVisible();
});

test('rubbish is refused with what to do, and the next file is taken', async ({ page }) => {
  const input = page.getByLabel(fileInput);
  await input.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') });
  await expect(page.getByRole('alert')).toContainText('not a certificate file');
  await input.setInputFiles(certificateFile('carol.pem'));
  await expect(page.getByRole('heading', { name: 'carol.pem' })).toBeVisible();
});

test('text is read as it is pasted, and its key is left out', async ({ page }) => {
  await page.getByRole('radio', { name: 'Paste as text' }).check();
  const { pem } = testCertificate('carol');
  await page
    .getByLabel('Certificate as text')
    .fill(`${pem}\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n`);
  await expect(page.getByRole('heading', { name: 'Pasted text' })).toBeVisible();
  await expect(page.getByText('Private key inside')).toBeVisible();
});

test('a dropped file is read', async ({ page }) => {
  const box = await page.getByLabel(fileInput).boundingBox();
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: [certificateFile('dave.pem')], dragOperationsMask: 1 };
  const at = { x: (box?.x ?? 0) + 40, y: (box?.y ?? 0) + 20 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devtools.send('Input.dispatchDragEvent', { type, ...at, data });
  await expect(page.getByRole('heading', { name: 'dave.pem' })).toBeVisible();
});

test('with the keyboard alone', async ({ page, raven }) => {
  const input = page.getByLabel(fileInput);
  await input.focus();
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Space');
  await (await chooser).setFiles(certificateFile('bob-secret.pfx'));
  await expect(page.getByLabel('Passphrase of the file')).toBeFocused();
  await page.keyboard.type('secret');
  await page.keyboard.press('Enter');
  const name = page.getByLabel('Name', { exact: true });
  await expect(name).toBeVisible();
  await expect(async () => {
    await page.keyboard.press('Tab');
    await expect(name).toBeFocused({ timeout: 100 });
  }).toPass();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('by keyboard');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/');
  expect((await raven.find(testCertificate('bob').thumbprint))?.Name).toBe('by keyboard');
});

test('what was entered is still there for another file', async ({ page }) => {
  await page.getByLabel(fileInput).setInputFiles(certificateFile('alice.pem'));
  await page.getByLabel('Name', { exact: true }).fill('mine');
  await page.getByRole('button', { name: 'Choose another' }).click();
  await page.getByLabel(fileInput).setInputFiles(certificateFile('carol.pem'));
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('mine');
});

test('an empty name is said at its field', async ({ page }) => {
  await page.getByLabel(fileInput).setInputFiles(certificateFile('alice.pem'));
  const name = page.getByLabel('Name', { exact: true });
  await name.fill(' ');
  await page.getByRole('button', { name: 'Upload', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('Enter a name');
  await expect(name).toBeFocused();
});

test('databases and a second factor, checked by a code, go with it', async ({ page, raven }) => {
  const alice = testCertificate('alice');
  await page.getByLabel(fileInput).setInputFiles(certificateFile('alice.pem'));
  const add = page.getByRole('combobox', { name: 'Add a database' });
  for (const database of ['orders', 'stock']) {
    await add.fill(database);
    await page.keyboard.press('Enter');
  }
  await page.getByRole('radiogroup', { name: 'Access to stock' }).getByRole('radio', { name: 'Admin' }).check();
  await page.getByRole('switch', { name: 'Require two-factor authentication' }).check();
  const key = (await page.getByText(/^[A-Z2-7]{4}( [A-Z2-7]{4}){7}$/).innerText()).replaceAll(' ', '');
  await page.getByRole('button', { name: 'Upload', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('skip the check on purpose');
  const code = page.getByLabel('2. Enter the code that it shows');
  await expect(code).toBeFocused();
  await code.fill(currentCode(key, Date.now()));
  await expect(page.getByText('The app shows the right codes.')).toBeVisible();
  await page.getByRole('button', { name: 'Upload', exact: true }).click();
  await expect(page).toHaveURL('/');
  expect(await raven.find(alice.thumbprint)).toMatchObject({
    Permissions: { orders: 'ReadWrite', stock: 'Admin' },
    HasTwoFactor: true,
  });
});

test('uploading it again says that its second factor goes', async ({ page, raven }) => {
  const alice = testCertificate('alice');
  await raven.put(alice.der, { name: 'with a factor', twoFactorKey: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' });
  await page.reload();
  await page.getByLabel(fileInput).setInputFiles(certificateFile('alice.pem'));
  await expect(page.getByRole('list', { name: 'What changes' })).toContainText('none: it is removed');
});
