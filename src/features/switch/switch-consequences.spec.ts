import { expect, test } from 'vitest';
import type { Certificate } from '../../api/types.ts';
import { toEntry } from '../../domain/certificate-entry.ts';
import { switchConsequences } from './switch-consequences.ts';

const entry = toEntry(
  {
    name: 'alice',
    thumbprint: 'AA',
    clearance: 'Operator',
    permissions: [],
    notBefore: null,
    notAfter: null,
    secondaryThumbprints: [],
    primaryThumbprint: null,
    pinningHash: '',
    disabled: false,
    usage: 'Client',
    ssoIdentifiers: [],
    ssoServerPinningHashes: [],
    allowAnySsoServer: false,
    hasTwoFactor: false,
    certificateDer: null,
  } satisfies Certificate,
  { loadedServerThumbprint: null, loadedServerThumbprintForCommunication: null },
);
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
