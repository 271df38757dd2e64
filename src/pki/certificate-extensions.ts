import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { parseAsn1 } from './asn1.ts';
import { toHex } from './bytes.ts';

export interface SubjectAlternativeName {
  type: 'dns' | 'ip' | 'email' | 'uri' | 'other';
  value: string;
}

export const extensionOids = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAlternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const;

/** Bit order of RFC 5280 §4.2.1.3. */
export const keyUsageNames = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

export interface ExtensionFacts {
  keyUsages: string[];
  extendedKeyUsages: string[];
  subjectAlternativeNames: SubjectAlternativeName[];
  isCertificateAuthority: boolean;
}

/** Reads the four extensions that decide what a certificate may be used for; broken ones count as absent. */
export function readExtensions(extensions: readonly pkijs.Extension[]): ExtensionFacts {
  const value = (oid: string) => {
    const extension = extensions.find(({ extnID }) => extnID === oid);
    return extension ? parseAsn1(new Uint8Array(extension.extnValue.getValue())) : undefined;
  };
  return {
    keyUsages: lenient([], () => keyUsages(value(extensionOids.keyUsage))),
    extendedKeyUsages: lenient([], () => {
      const schema = value(extensionOids.extendedKeyUsage);
      return schema ? new pkijs.ExtKeyUsage({ schema }).keyPurposes : [];
    }),
    subjectAlternativeNames: lenient([], () => {
      const schema = value(extensionOids.subjectAlternativeName);
      return schema ? new pkijs.GeneralNames({ schema }).names.map(alternativeName) : [];
    }),
    isCertificateAuthority: lenient(false, () => {
      const schema = value(extensionOids.basicConstraints);
      return schema ? new pkijs.BasicConstraints({ schema }).cA : false;
    }),
  };
}

function lenient<T>(fallback: T, read: () => T): T {
  try {
    return read();
  } catch {
    return fallback;
  }
}

function keyUsages(bits: asn1js.AsnType | undefined): string[] {
  if (!(bits instanceof asn1js.BitString)) return [];
  const bytes = bits.valueBlock.valueHexView;
  return keyUsageNames.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}

function alternativeName({ type, value }: pkijs.GeneralName): SubjectAlternativeName {
  const found: unknown = value;
  if (type === 1 && typeof found === 'string') return { type: 'email', value: found };
  if (type === 2 && typeof found === 'string') return { type: 'dns', value: found };
  if (type === 6 && typeof found === 'string') return { type: 'uri', value: found };
  if (type === 7 && found instanceof asn1js.OctetString)
    return { type: 'ip', value: formatAddress(found.valueBlock.valueHexView) };
  const raw = found instanceof asn1js.BaseBlock ? found.valueBeforeDecodeView : new Uint8Array();
  return { type: 'other', value: toHex(raw) };
}

function formatAddress(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length !== 16) return toHex(bytes);
  const groups = Array.from({ length: 8 }, (_, at) =>
    (((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0)).toString(16),
  );
  // URL writes the canonical short form of RFC 5952.
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1);
}
