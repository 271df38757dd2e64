import { generatePrime } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
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

/** @param {string} folder @param {readonly (readonly [number, number])[]} wanted bits of a prime, and how many */
export async function makePrimes(folder, wanted = kinds) {
  const all = wanted.map(async ([bits, count]) => {
    const primes = await Promise.all(Array.from({ length: count }, () => primeOf(bits, { bigint: true })));
    await mkdir(join(folder, `taken-${bits}`));
    await writeFile(join(folder, `${bits}.json`), JSON.stringify(primes.map(String)), { mode: 0o600 });
  });
  await Promise.all(all);
}

/** The environment of a Node that takes its keys from a folder of primes. @param {string} folder */
export const readyKeysFrom = (folder) => ({
  READY_KEYS: folder,
  NODE_OPTIONS: [process.env.NODE_OPTIONS, `--import=${new URL('take-ready-keys.mjs', import.meta.url).href}`]
    .filter(Boolean)
    .join(' '),
});

/**
 * Lets every process that is started from here on take its RSA keys from there.
 * @returns {{ ready: Promise<unknown>, remove: () => Promise<void> }} ready: before it nothing may be started that makes keys
 */
export function useReadyKeys() {
  const folder = mkdtempSync(join(tmpdir(), 'raven-keys-'));
  const ready = makePrimes(folder).then(() => Object.assign(process.env, readyKeysFrom(folder)));
  return {
    ready,
    remove: async () => {
      await ready;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
