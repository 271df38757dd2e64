import { expect, test } from 'vitest';
import { entryOf } from '../../domain/certificate-harness.ts';
import { switchConsequences } from './switch-consequences.ts';

const entry = entryOf({ clearance: 'Operator' });
const said = (disable: boolean, siblings: string[] = [], members = 0) =>
  switchConsequences(entry, { disable, siblings, members }).join('\n');

test('disabling: refused from now on, open connections stay', () => {
  expect(said(true)).toMatch(/refused.*\n.*until they close\.$/);
});

test('certificates with the same key are named', () => {
  expect(said(true, ['old', 'older'])).toMatch(/“old”, “older” have the same key.*by those\.$/);
  expect(said(false, ['old'])).not.toMatch(/same key/);
});

test('enabling names the clearance, a collection its size', () => {
  expect(said(false, [], 2)).toMatch(/Operator[^]*All 3 certificates of this collection are enabled/);
});
