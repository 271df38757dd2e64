import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { json } from 'node:stream/consumers';
import type { Page } from '@playwright/test';
import { expect, type Identity, test } from '../fixtures/console.ts';
import type { Raven } from '../fixtures/raven.ts';
import { bufferSizes } from '../support/buffer-sizes.ts';
import { addDatabases, generateForm, issue } from '../support/generate-form.ts';
import { heap, traces } from '../support/traces.ts';
import { zipOf } from '../support/zip.ts';

const here = (page: Page) => ({
  maker: page.getByRole('radio', { name: 'Made in this browser' }),
  algorithm: (name: 'P-256' | 'RSA-4096') => page.getByRole('radio', { name, exact: true }),
  encryption: (name: 'Modern' | 'Compatible') => page.getByRole('radio', { name, exact: true }),
});

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly body: string;
}

/** Every request of the page from now on. */
function watch(page: Page): Sent[] {
  const sent: Sent[] = [];
  page.on('request', (one) => sent.push({ method: one.method(), url: one.url(), body: one.postData() ?? '' }));
  return sent;
}

/** The form with a name in it, and every request from before it was opened. */
async function begin(page: Page, name: string) {
  const sent = watch(page);
  await page.goto('/generate');
  const form = generateForm(page);
  await form.name.fill(name);
  return { sent, form };
}

const puts = (sent: readonly Sent[]) =>
  sent
    .filter(({ method, url }) => method === 'PUT' && new URL(url).pathname.endsWith('/admin/certificates'))
    .map(({ body }) => JSON.parse(body) as Record<string, unknown>);

/** What RavenDB says to somebody who has only the .pfx file and its passphrase. */
async function whoIs(raven: Raven, pfx: Uint8Array, passphrase: string): Promise<unknown> {
  const asked = request(`${raven.url}/certificates/whoami`, {
    pfx: Buffer.from(pfx),
    passphrase,
    ca: raven.ca,
    agent: false,
  });
  const answer = once(asked, 'response') as Promise<[IncomingMessage]>;
  asked.end();
  const [response] = await answer;
  return json(response);
}

/** The number that makes a key on a curve private. */
const privateNumber = ({ pem }: Identity): Buffer =>
  Buffer.from(createPrivateKey(pem).export({ format: 'jwk' }).d ?? '', 'base64url');

test('a key made in the browser stays there, and its .pfx gets in', async ({ page, raven }) => {
  const name = raven.unique('made here');
  const { sent, form } = await begin(page, name);
  await addDatabases(page, 'orders');
  await form.passphrase.fill('correct horse');
  await here(page).maker.check();
  await expect(here(page).algorithm('P-256')).toBeChecked();
  await expect(here(page).encryption('Modern')).toHaveAccessibleDescription(/macOS 15/);
  await expect(page.getByText(/^AES-256 and SHA-256: opens from/)).toBeVisible();

  const zip = await zipOf(await issue(page, name));
  expect(zip.fileName).toBe(`${name}.zip`);
  expect(zip.names).toEqual([`${name}.pfx`, `${name}.crt`, `${name}.key`]);
  const certificate = new X509Certificate(zip.identity.pem);
  expect([certificate.subject, certificate.issuer]).toEqual([`CN=${name}`, `CN=${name}`]);
  await expect(page.getByText(`The certificate ${name} is in the list.`)).toBeAttached();
  expect(await whoIs(raven, zip.pfx, 'correct horse')).toMatchObject({
    Name: name,
    Thumbprint: zip.identity.thumbprint,
    SecurityClearance: 'ValidUser',
    Permissions: { orders: 'ReadWrite' },
  });
  await expect(whoIs(raven, zip.pfx, 'another horse')).rejects.toThrow();

  // All that was sent: the settings, and a certificate with nothing behind it.
  const [put, ...more] = puts(sent);
  expect(more).toEqual([]);
  expect(Object.keys(put ?? {}).sort()).toEqual(['Certificate', 'Name', 'Permissions', 'SecurityClearance']);
  expect(Buffer.from(String(put?.Certificate), 'base64').equals(certificate.raw)).toBe(true);
  expect(sent.filter(({ method }) => method === 'POST')).toEqual([]);
});

test('RSA for old software, with a second factor, can be stopped before anything is sent', async ({ page, raven }) => {
  const name = raven.unique('made here');
  const { sent, form } = await begin(page, name);
  await form.clearance('Operator').check();
  await form.twoFactor.check();
  await form.skip.click();
  await here(page).maker.check();
  await here(page).algorithm('RSA-4096').check();
  await here(page).encryption('Compatible').check();
  // Held on its way, so that the key can't be faster than the press.
  await page.route('**/client-identity-worker*', () => undefined, { times: 1 });
  await form.generate.click();
  await expect(page.getByRole('progressbar', { name: 'This browser makes the key' })).toBeVisible();
  await expect(form.stop).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing was sent.')).toBeVisible();
  await expect(form.generate).toBeFocused();
  expect(puts(sent)).toEqual([]);

  const { pfx, identity } = await zipOf(await issue(page, name));
  expect(new X509Certificate(identity.pem).publicKey.asymmetricKeyDetails?.modulusLength).toBe(4096);
  expect(await whoIs(raven, pfx, '')).toMatchObject({ Name: name, SecurityClearance: 'Operator', HasTwoFactor: true });
});

test('when registering fails, the same key is tried again; another name gets another key', async ({ page, raven }) => {
  const name = raven.unique('made here');
  const { sent, form } = await begin(page, name);
  await form.clearance('Operator').check();
  await here(page).maker.check();
  await page.route('**/admin/certificates', (route) => route.abort(), { times: 3 });
  for (const tried of [1, 2]) {
    await form.generate.click();
    await expect(page.getByText('No answer came: it may be registered or not')).toBeVisible();
    expect(puts(sent)).toHaveLength(tried);
    await expect(form.generate).toBeFocused();
  }
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(page.getByRole('dialog', { name: 'Leave without generating?' })).toContainText('The key that was made');
  await page.getByRole('button', { name: 'Stay' }).click();
  await form.name.fill(`${name} b`);
  await form.generate.click();
  await expect.poll(() => puts(sent).length).toBe(3);
  await expect(form.generate).toBeFocused();
  const { identity } = await zipOf(await issue(page, `${name} b`));
  const [first, second, third, fourth] = puts(sent).map(({ Certificate }) => Certificate);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
  expect(fourth).toBe(third);
  expect(await raven.find(identity.thumbprint)).toMatchObject({ Name: `${name} b` });
});

test('key and passphrase leave memory with the page', async ({ page, raven }) => {
  const passphrase = `phrase-${randomBytes(12).toString('hex')}`;
  const name = raven.unique('kept nowhere');
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  const { sent, form } = await begin(page, name);
  await form.clearance('Operator').check();
  await form.passphrase.fill(passphrase);
  await here(page).maker.check();
  await page.route('**/admin/certificates', (route) => route.abort(), { times: 1 });
  await form.generate.click();
  await expect(page.getByText('No answer came: it may be registered or not')).toBeVisible();
  // The controls: the searches find both while they are there.
  const before = await heap(page);
  const kept = bufferSizes(before);
  expect(before.includes(passphrase)).toBe(true);
  expect(await traces(page)).toContain(passphrase);

  const download = await issue(page, name);
  const { identity } = await zipOf(download);
  const secretNumber = privateNumber(identity);
  expect(secretNumber).toHaveLength(32);
  // As the page has them: the key in PKCS#8, and the zip until the browser has taken it over.
  const keySize = createPrivateKey(identity.pem).export({ type: 'pkcs8', format: 'der' }).length;
  const { size: zipSize } = await stat(await download.path());
  expect(kept).toContain(keySize);
  const inPem = identity.pem.split('\n').filter((line) => /^[A-Za-z0-9+/]{64}$/.test(line));
  const keyLine = inPem.at(-1) ?? '';
  expect(keyLine).toHaveLength(64);
  const left = await traces(page);
  for (const secret of [passphrase, keyLine]) {
    expect(left).not.toContain(secret);
    expect(said.join('\n')).not.toContain(secret);
    expect(sent.filter(({ url, body }) => url.includes(secret) || body.includes(secret))).toEqual([]);
  }
  const bodies = puts(sent).map(({ Certificate }) => Buffer.from(String(Certificate), 'base64'));
  expect(bodies.some((body) => body.includes(secretNumber))).toBe(false);
  await expect(async () => {
    const after = await heap(page);
    expect(after.includes(passphrase)).toBe(false);
    expect(after.includes(keyLine)).toBe(false);
    const held = bufferSizes(after);
    expect(held).not.toContain(keySize);
    expect(held).not.toContain(zipSize);
  }).toPass({ timeout: 15_000 });
});
