import { generatePrime } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * RSA keys made once for a whole run. Searching primes is most of what the tests would do otherwise; a few dozen of them, multiplied in pairs,
 * are a key for everybody: different from all others, valid, and as weak as only a throwaway key may be.
 */

/** Bits of a prime, and how many of them: RSA-4096 for clients (780 keys), RSA-3072 for servers (153). */
const kinds = [
  [2048, 40],
  [1536, 18],
];

const primeOf = promisify(generatePrime);

/**
 * Makes the primes, in the thread pool.
 * @returns {Promise<{ env: Record<string, string>, remove: () => Promise<void> }>} env lets a Node, and every thread and process below it, take its
 * RSA keys from there
 */
export async function readyKeys() {
  const folder = await mkdtemp(join(tmpdir(), 'raven-keys-'));
  const all = kinds.map(async ([bits, count]) => {
    const primes = await Promise.all(Array.from({ length: count }, () => primeOf(bits, { bigint: true })));
    await mkdir(join(folder, `taken-${bits}`));
    await writeFile(join(folder, `${bits}.json`), JSON.stringify(primes.map(String)), { mode: 0o600 });
  });
  await Promise.all(all);
  const preload = `--import=${new URL('take-ready-keys.mjs', import.meta.url).href}`;
  return {
    env: { READY_KEYS: folder, NODE_OPTIONS: [process.env.NODE_OPTIONS, preload].filter(Boolean).join(' ') },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
