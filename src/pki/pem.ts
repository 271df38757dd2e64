import * as asn1js from 'asn1js';
import { toDer } from './asn1.ts';
import { concatBytes, fromBase64, type OwnedBytes, toBase64 } from './bytes.ts';
import { ecPublicKey, rsaEncryption } from './key-algorithms.ts';
import { pkcs1OfPkcs8 } from './private-key.ts';

export interface PemBlock {
  /** E.g. `CERTIFICATE`, `PRIVATE KEY`. */
  label: string;
  /** Content, or null when it isn't base64. */
  der: OwnedBytes | null;
  /** Encrypted in the old way, by headers inside the block (RFC 1421 `Proc-Type: 4,ENCRYPTED`). */
  encrypted: boolean;
}

/** One PEM block (RFC 7468: lines of 64 characters), without a line break at its end, as RavenDB writes it. */
export function toPem(label: string, der: Uint8Array): string {
  const lines = toBase64(der).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`].join('\n');
}

/**
 * The private key as RavenDB's `.key` files hold it: `RSA PRIVATE KEY` (PKCS#1) for RSA, `PRIVATE KEY` (PKCS#8) for others.
 * No line break at the end.
 */
export function privateKeyToPem(pkcs8: Uint8Array): string {
  const pkcs1 = pkcs1OfPkcs8(pkcs8);
  return pkcs1 ? toPem('RSA PRIVATE KEY', pkcs1) : toPem('PRIVATE KEY', pkcs8);
}

/** All blocks in the order of the text; what stands between them is ignored. Ends at the first block without an end. */
export function parsePem(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  const begin = '-----BEGIN ';
  for (let at = text.indexOf(begin); at >= 0; ) {
    const labelEnd = text.indexOf('-----', at + begin.length);
    if (labelEnd < 0) break;
    const label = text.slice(at + begin.length, labelEnd);
    const end = `-----END ${label}-----`;
    const endAt = text.indexOf(end, labelEnd);
    if (endAt < 0) break;
    blocks.push(blockOf(label, text.slice(labelEnd + 5, endAt)));
    at = text.indexOf(begin, endAt + end.length);
  }
  return blocks;
}

function blockOf(label: string, content: string): PemBlock {
  const lines = content.split(/\r\n?|\n/).map((line) => line.trim());
  const headers = lines.filter((line) => line.includes(':'));
  const encrypted = headers.some((line) => /^Proc-Type:.*ENCRYPTED/i.test(line));
  try {
    return { label, encrypted, der: fromBase64(lines.filter((line) => !line.includes(':')).join('')) };
  } catch {
    return { label, encrypted, der: null };
  }
}

/** PKCS#8 of a PKCS#1 (`RSA PRIVATE KEY`) key. */
export function pkcs8OfPkcs1(pkcs1: Uint8Array): OwnedBytes {
  return wrap([new asn1js.ObjectIdentifier({ value: rsaEncryption }), new asn1js.Null()], pkcs1);
}

/** PKCS#8 of a SEC 1 (`EC PRIVATE KEY`) key on the curve of those parameters: its OID, or what it is made of. */
export function pkcs8OfSec1(sec1: Uint8Array, parameters: asn1js.AsnType): OwnedBytes {
  return wrap([new asn1js.ObjectIdentifier({ value: ecPublicKey }), parameters], sec1);
}

function wrap(algorithm: asn1js.AsnType[], key: Uint8Array): OwnedBytes {
  return toDer(
    new asn1js.Sequence({
      value: [
        new asn1js.Integer({ value: 0 }),
        new asn1js.Sequence({ value: algorithm }),
        new asn1js.OctetString({ valueHex: concatBytes(key) }),
      ],
    }),
  );
}
