import { expect, test } from 'vitest';
import { identityText, losesSignIn, vouches } from './sso.ts';

const server = (thumbprint: string, pinningHash: string) => ({
  thumbprint,
  pinningHash,
  usage: 'SsoServer' as const,
  allowAnySsoServer: false,
  ssoServerPinningHashes: [],
});
const user = (thumbprint: string, hashes: readonly string[], any = false) => ({
  thumbprint,
  pinningHash: `of ${thumbprint}`,
  usage: 'SsoClient' as const,
  allowAnySsoServer: any,
  ssoServerPinningHashes: hashes,
});

test('an identity is written as its provider does', () => {
  expect(identityText({ provider: 'Github', domain: null, identifier: 'anna' })).toBe('Github: anna');
  expect(identityText({ provider: 'Windows', domain: 'CORP', identifier: 'john' })).toBe('Windows: CORP\\john');
});

test('a server vouches for who names its key or lets any', () => {
  expect(vouches(server('S', 'k'), user('u', ['k']))).toBe(true);
  expect(vouches(server('S', 'k'), user('u', ['other']))).toBe(false);
  expect(vouches(server('S', 'k'), user('u', [], true))).toBe(true);
  expect(vouches({ usage: 'Client', pinningHash: 'k' }, user('u', ['k']))).toBe(false);
});

test('a deleted server takes the sign-in only from those whom no other vouches for', () => {
  const [one, renewed, other] = [server('S1', 'k'), server('S2', 'k'), server('S3', 'x')];
  const both = user('both', ['k', 'x']);
  const only = user('only', ['k']);
  const any = user('any', [], true);
  expect(losesSignIn(one, [one, other, both, only, any])).toEqual([only]);
  expect(losesSignIn(one, [one, renewed, only])).toEqual([]);
  expect(losesSignIn(one, [one, only, any])).toEqual([only, any]);
});
