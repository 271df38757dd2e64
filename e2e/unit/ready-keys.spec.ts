import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { makePrimes, readyKeysFrom } from '../run/ready-keys.mjs';

/** Makes two keys, one of them in a thread, proves that they sign, and prints their moduli. */
const script = `
  const { isMainThread, Worker } = await import('node:worker_threads');
  const { subtle } = crypto;
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512', modulusLength: 3072, publicExponent: new Uint8Array([1, 0, 1]) };
  const { privateKey, publicKey } = await subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const text = Buffer.from('text');
  // By OpenSSL's own reading of the exported key: it looks at every number in it.
  const { createPrivateKey, createPublicKey, sign, verify } = await import('node:crypto');
  const key = createPrivateKey({ key: Buffer.from(await subtle.exportKey('pkcs8', privateKey)), format: 'der', type: 'pkcs8' });
  const well = verify('sha256', text, createPublicKey(key), sign('sha256', text, key)) &&
    (await subtle.verify('RSASSA-PKCS1-v1_5', publicKey, await subtle.sign('RSASSA-PKCS1-v1_5', privateKey, text), text));
  console.log(well ? (await subtle.exportKey('jwk', publicKey)).n : 'no key');
  if (isMainThread) new Worker(new URL(import.meta.url), { eval: false });
`;

test('ready keys: each once over all processes and threads, and real ones when they have run out', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'raven-keys-'));
  try {
    await makePrimes(folder, [[1536, 3]]);
    const primes = (JSON.parse(await readFile(join(folder, '1536.json'), 'utf8')) as string[]).map(BigInt);
    const url = `data:text/javascript,${encodeURIComponent(script)}`;
    const make = () =>
      promisify(execFile)(process.execPath, ['--input-type=module', '--eval', `await import(${JSON.stringify(url)})`], {
        env: { ...process.env, ...readyKeysFrom(folder) },
      });
    const printed = await Promise.all([make(), make()]);
    const keys = printed.flatMap(({ stdout }) => stdout.trim().split('\n'));
    expect(new Set(keys).size).toBe(4);
    const numbers = keys.map((text) => BigInt(`0x${Buffer.from(text, 'base64url').toString('hex')}`));
    const ready = numbers.filter((number) => primes.filter((prime) => number % prime === 0n).length === 2);
    expect(ready).toHaveLength(3);
    expect(await readdir(join(folder, 'taken-1536'))).toHaveLength(3);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
