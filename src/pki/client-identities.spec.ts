import { spawnSync } from 'node:child_process';
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect, createSecureContext, type TLSSocket } from 'node:tls';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, describe, expect, test } from 'vitest';
import { clientIdentity } from './client-identities.ts';
import type { ClientIdentityTask } from './client-identity-task.ts';

// Node has no web workers: what the page does where it may not start one.
const none = () => {
  throw new TypeError('no workers here');
};
const nobody = () => undefined;
const now = Math.floor(Date.now() / 1000) * 1000;
const task = (more: Partial<ClientIdentityTask> = {}): ClientIdentityTask => ({
  request: { name: 'made here', algorithm: 'P-256', notBefore: now - 86_400_000, notAfter: now + 86_400_000 },
  made: null,
  baseName: 'made here',
  passphrase: 'correct horse',
  encryption: 'modern',
  ...more,
});

const folder = mkdtempSync(join(tmpdir(), 'made-here-'));
afterAll(() => rmSync(folder, { recursive: true }));
const openssl = spawnSync('openssl', ['version']).status === 0;
const keytool = spawnSync('keytool', ['-help']).status === 0;

describe.each(['P-256', 'RSA-4096'] as const)('%s', (algorithm) => {
  test.each(['modern', 'compatible'] as const)('its %s files open, and belong together', async (encryption) => {
    const steps: string[] = [];
    const request = { ...task().request, algorithm };
    const identity = await clientIdentity(none, task({ request, encryption }), (step) => steps.push(step));
    expect(steps).toEqual(['key', 'files']);
    const files = unzipSync(identity.zip);
    expect(Object.keys(files)).toEqual(['made here.pfx', 'made here.crt', 'made here.key']);
    const text = (name: string) => Buffer.from(files[name] ?? []).toString();
    const certificate = new X509Certificate(text('made here.crt'));
    expect(certificate.fingerprint.replaceAll(':', '')).toBe(identity.thumbprint);
    expect(certificate.raw.equals(identity.der)).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(text('made here.key')))).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect([certificate.subject, certificate.issuer]).toEqual(['CN=made here', 'CN=made here']);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(Date.parse(certificate.validTo)).toBe(now + 86_400_000);

    const pfx = Buffer.from(files['made here.pfx'] ?? []);
    expect(() => createSecureContext({ pfx, passphrase: 'wrong' })).toThrow();
    // As a client really shows it: in a handshake, where the key signs.
    const server = createServer({ pfx, passphrase: 'correct horse', requestCert: true, rejectUnauthorized: false });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const seen = once(server, 'secureConnection') as Promise<[TLSSocket]>;
    const { port } = server.address() as AddressInfo;
    const client = connect({
      port,
      host: '127.0.0.1',
      pfx,
      passphrase: 'correct horse',
      // Who serves is not the question, and a client's certificate is refused as a server's.
      rejectUnauthorized: false,
    });
    const [socket] = await seen;
    expect(socket.getPeerX509Certificate()?.fingerprint.replaceAll(':', '')).toBe(identity.thumbprint);
    client.destroy();
    server.close();

    const file = join(folder, `${algorithm}-${encryption}.pfx`);
    writeFileSync(file, pfx);
    // Where the programs are; interop.spec.ts reads what they write in turn.
    if (openssl)
      expect(spawnSync('openssl', ['pkcs12', '-in', file, '-passin', 'pass:correct horse', '-noout']).status).toBe(0);
    if (keytool)
      expect(
        spawnSync('keytool', [
          '-list',
          '-storetype',
          'PKCS12',
          '-keystore',
          file,
          '-storepass',
          'correct horse',
        ]).stdout.toString(),
      ).toContain('PrivateKeyEntry');
  });
});

test('what is made already is packed again, under another passphrase, without another key', async () => {
  const steps: string[] = [];
  const made = await clientIdentity(none, task(), nobody);
  const again = await clientIdentity(none, task({ made, passphrase: '', encryption: 'compatible' }), (step) =>
    steps.push(step),
  );
  expect(steps).toEqual(['files']);
  expect(again.thumbprint).toBe(made.thumbprint);
  expect(again.thumbprint).toBe(createHash('sha1').update(made.der).digest('hex').toUpperCase());
  const pfx = Buffer.from(unzipSync(again.zip)['made here.pfx'] ?? []);
  expect(() => createSecureContext({ pfx, passphrase: '' })).not.toThrow();
});

test('nothing is begun when it is cancelled already', async () => {
  const signal = AbortSignal.abort(new Error('left'));
  await expect(clientIdentity(none, task(), nobody, signal)).rejects.toThrow('left');
});
