// Preloaded into the processes of a run (ready-keys.mjs): RSA keys come from READY_KEYS, each once; when they have run out, they are made.
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.READY_KEYS;
const exponent = 65537n;

/** @type {Map<number, bigint[]>} */
const primes = new Map();
function primesOf(bits) {
  if (!primes.has(bits)) primes.set(bits, JSON.parse(readFileSync(join(folder, `${bits}.json`), 'utf8')).map(BigInt));
  return primes.get(bits);
}

/** Whether nobody else has the key of that number, in whatever process. */
function take(bits, number) {
  try {
    closeSync(openSync(join(folder, `taken-${bits}`, String(number)), 'wx'));
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Two primes that nobody else has had together. */
function takePair(bits) {
  const all = primesOf(bits);
  const count = (all.length * (all.length - 1)) / 2;
  const from = Math.floor(Math.random() * count);
  for (let i = 0; i < count; i++) {
    let number = (from + i) % count;
    if (!take(bits, number)) continue;
    let first = 0;
    for (; number >= all.length - 1 - first; first++) number -= all.length - 1 - first;
    return [all[first], all[first + 1 + number]];
  }
  return undefined;
}

function inverse(value, modulus) {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n];
  while (a > 1n) {
    const quotient = a / b;
    [a, b] = [b, a % b];
    [x, y] = [y, x - quotient * y];
  }
  return ((x % modulus) + modulus) % modulus;
}

function keyOf([a, b]) {
  const [p, q] = a > b ? [a, b] : [b, a];
  const d = inverse(exponent, (p - 1n) * (q - 1n));
  const numbers = { n: p * q, e: exponent, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const text = (number) => {
    const hex = number.toString(16);
    return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url');
  };
  return { kty: 'RSA', ...Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, text(number)])) };
}

if (folder !== undefined) {
  const { subtle } = globalThis.crypto;
  const made = subtle.generateKey.bind(subtle);
  const generateKey = async (algorithm, extractable, usages) => {
    const bits = algorithm?.name === 'RSASSA-PKCS1-v1_5' ? algorithm.modulusLength / 2 : 0;
    const pair = bits === 2048 || bits === 1536 ? takePair(bits) : undefined;
    if (pair === undefined) return made(algorithm, extractable, usages);
    const jwk = keyOf(pair);
    const { kty, n, e } = jwk;
    return {
      privateKey: await subtle.importKey('jwk', jwk, algorithm, extractable, ['sign']),
      publicKey: await subtle.importKey('jwk', { kty, n, e }, algorithm, true, ['verify']),
    };
  };
  Object.defineProperty(subtle, 'generateKey', { value: generateKey, configurable: true, writable: true });
}
