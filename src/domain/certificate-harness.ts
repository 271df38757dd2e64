import type { Certificate } from '../api/types.ts';
import { type CertificateEntry, toEntry } from './certificate-entry.ts';

/** For specs: a client's certificate that nothing limits in time and that opens no database. What a spec asserts on it names itself. */
export const certificateOf = (more: Partial<Certificate> = {}): Certificate => ({
  name: 'alice',
  thumbprint: 'AA',
  clearance: 'ValidUser',
  permissions: [],
  notBefore: null,
  notAfter: null,
  unreadable: false,
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
  ...more,
});

/** The same as a line of the list. @param loaded what the server says of its own certificates; left out, they are none of these */
export const entryOf = (
  more: Partial<Certificate> = {},
  loaded: Partial<Parameters<typeof toEntry>[1]> = {},
): CertificateEntry =>
  toEntry(certificateOf(more), {
    loadedServerThumbprint: null,
    loadedServerThumbprintForCommunication: null,
    ...loaded,
  });
