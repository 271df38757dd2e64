import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { CertificateFileError } from '../../pki/certificate-file-error.ts';
import { selfSignedClientCertificate } from '../../pki/issue-certificate.ts';
import { CryptoJobError, createCryptoPool } from './crypto-pool.ts';

const day = 86_400_000;
const pool = createCryptoPool();
afterAll(() => pool.close());

const sample = (name: string) => readFileSync(new URL(`../../../e2e/conformance/certs/${name}`, import.meta.url));

test('reads, issues and writes in workers while the event loop goes on', { timeout: 120_000 }, async () => {
  const identity = await pool.generateServerIdentity({
    hosts: ['localhost'],
    authorityName: 'Pool spec CA',
    notBefore: Date.now() - day,
    notAfter: Date.now() + day,
  });
  let ticks = 0;
  const ticking = setInterval(() => (ticks += 1), 5);
  const request = {
    notBefore: Date.now(),
    notAfter: Date.now() + day,
    issuerDer: identity.server.der,
    issuerKey: identity.server.privateKeyPkcs8,
  };
  const names = ['one', 'two', 'three'];
  const issued = await Promise.all(names.map((name) => pool.generateClientCertificate({ ...request, name })));
  clearInterval(ticking);
  expect(ticks).toBeGreaterThan(3);
  const files = issued.map(({ der, privateKeyPkcs8 }) =>
    pool.writePfx({ certificates: [der], privateKeyPkcs8, passphrase: 'pw', encryption: 'compatible' }),
  );
  const read = await Promise.all((await Promise.all(files)).map((pfx) => pool.readCertificateFile(pfx, 'pw')));
  expect(read.map(({ certificates }) => certificates[0]?.commonName)).toEqual(names);
});

test('a file with a wrong passphrase fails as it does without the pool', async () => {
  const wrong = await pool.readCertificateFile(sample('bob-secret.pfx'), 'nope').catch((error: unknown) => error);
  expect(wrong).toBeInstanceOf(CertificateFileError);
  expect(wrong).toMatchObject({ code: 'passphrase-wrong' });
});

test('an unusable key fails with a sentence that holds nothing of it', async () => {
  const issuer = await selfSignedClientCertificate({
    name: 'issuer',
    algorithm: 'P-256',
    notBefore: Date.now(),
    notAfter: Date.now() + day,
  });
  const request = { name: 'x', notBefore: Date.now(), notAfter: Date.now() + day, issuerDer: issuer.der };
  const secret = randomBytes(40);
  for (const issuerKey of [secret, issuer.privateKeyPkcs8.slice(0, -1), new Uint8Array()]) {
    const error = await pool.generateClientCertificate({ ...request, issuerKey }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CryptoJobError);
    expect(String(error)).toMatch(/^CryptoJobError: Generating a client certificate failed: .+\.$/);
    expect(String(error)).not.toContain(secret.toString('base64').slice(0, 8));
  }
});

/** A worker that says which jobs it got, and answers when told to by their first argument. */
function scriptedWorker(): URL {
  const file = join(mkdtempSync(join(tmpdir(), 'crypto-pool-')), 'worker.mjs');
  writeFileSync(
    file,
    `import { parentPort, threadId } from 'node:worker_threads';
     parentPort.on('message', ({ name, args: [plan] }) => {
       if (plan.die) process.exit(3);
       if (plan.hang) for (;;);
       const gate = new Int32Array(plan.gate);
       Atomics.add(gate, name === 'generateClientCertificate' ? 1 : 2, 1);
       Atomics.wait(gate, 0, 0);
       Atomics.sub(gate, name === 'generateClientCertificate' ? 1 : 2, 1);
       parentPort.postMessage({ result: threadId });
     });`,
  );
  return pathToFileURL(file);
}

type Request = Parameters<typeof pool.generateClientCertificate>[0];
type Bytes = Parameters<typeof pool.readCertificateFile>[0];

test('two keys are made at once, the third waits, and a file gets in between', async () => {
  const scripted = createCryptoPool({ workerUrl: scriptedWorker() });
  const gate = new SharedArrayBuffer(12);
  const [, making, reading] = [0, 1, 2].map((at) => () => Atomics.load(new Int32Array(gate), at));
  const plan = { gate };
  const keys = [1, 2, 3, 4].map(() => scripted.generateClientCertificate(plan as unknown as Request));
  const file = scripted.readCertificateFile(plan as unknown as Bytes);
  await expect.poll(() => [making?.(), reading?.()], { timeout: 5000 }).toEqual([2, 1]);
  Atomics.store(new Int32Array(gate), 0, 1);
  Atomics.notify(new Int32Array(gate), 0);
  const threads = new Set(await Promise.all([...keys, file]));
  expect(threads.size).toBeLessThanOrEqual(3);
  await scripted.close();
});

test('a job that overruns its time is ended and the next one gets a new worker', async () => {
  const scripted = createCryptoPool({ workerUrl: scriptedWorker(), timeLimit: 1000 });
  const gate = new SharedArrayBuffer(12);
  new Int32Array(gate)[0] = 1;
  const hung = scripted.readCertificateFile({ hang: true } as unknown as Bytes);
  await expect(hung).rejects.toThrow('Reading a certificate file failed: it took longer than 1 s.');
  await expect(scripted.readCertificateFile({ gate } as unknown as Bytes)).resolves.toBeGreaterThan(0);
  await scripted.close();
});

test('a worker that dies fails its job only', async () => {
  const scripted = createCryptoPool({ workerUrl: scriptedWorker() });
  const gate = new SharedArrayBuffer(12);
  new Int32Array(gate)[0] = 1;
  const died = scripted.readCertificateFile({ die: true } as unknown as Bytes);
  await expect(died).rejects.toThrow('Reading a certificate file failed: its worker ended unexpectedly.');
  await expect(scripted.readCertificateFile({ gate } as unknown as Bytes)).resolves.toBeGreaterThan(0);
  await scripted.close();
});

test('closing cuts off what runs and what waits, and refuses what comes', async () => {
  const scripted = createCryptoPool({ workerUrl: scriptedWorker() });
  const jobs = [1, 2, 3, 4].map(() => scripted.readCertificateFile({ hang: true } as unknown as Bytes));
  const results = Promise.allSettled(jobs);
  await scripted.close();
  expect((await results).map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
  await expect(scripted.readCertificateFile(new Uint8Array())).rejects.toThrow('shutting down');
});
