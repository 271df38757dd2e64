import { expect, test } from 'vitest';
import { twoFactorPath, wantedPage } from './two-factor-path.ts';

const search = (path: string) => path.slice(path.indexOf('?'));

test('the wanted page survives, search and all', () => {
  const wanted = '/certificates/AB12/edit?tab=1&q=a%26b#top';
  expect(wantedPage(search(twoFactorPath(wanted)))).toBe(wanted);
});

test.each([
  '',
  '/',
  '//evil.example/',
  '/\\evil.example',
  'https://evil.example',
  'javascript:1',
  '/two-factor',
  '/two-factor?next=/x',
])('%j leads to the list', (wanted) => {
  expect(twoFactorPath(wanted)).toBe('/two-factor');
  expect(wantedPage(`?next=${encodeURIComponent(wanted)}`)).toBe('/');
});

test('without a search, the list', () => {
  expect(wantedPage('')).toBe('/');
});
