import { expect, test } from 'vitest';
import { keyFinding } from './presentable-key.ts';

test.each([
  ['RSA', null],
  ['RSA-PSS', null],
  ['Ed25519', null],
  ['Ed448', null],
  ['EC', 'P-256'],
  ['EC', 'P-384'],
  ['EC', 'P-521'],
])('TLS presents keys of %s %s', (keyAlgorithm, curve) => {
  expect(keyFinding({ keyAlgorithm, curve })).toBeNull();
});

test.each([
  ['EC', 'secp256k1', 'secp256k1'],
  ['EC', 'brainpoolP256r1', 'brainpoolP256r1'],
  ['EC', 'P-224', 'P-224'],
  ['EC', 'explicit', 'without a name'],
  ['X25519', null, 'X25519'],
  ['ML-DSA-65', null, 'ML-DSA-65'],
  ['1.2.3.4', null, '1.2.3.4'],
  ['DSA', null, 'DSA'],
])('a key of %s %s is called what it is', (keyAlgorithm, curve, name) => {
  expect(keyFinding({ keyAlgorithm, curve })).toMatchObject({ level: 'warn', title: expect.stringContaining(name) });
});
