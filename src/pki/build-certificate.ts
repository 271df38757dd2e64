import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import type { OwnedBytes } from './bytes.ts';
import { extensionOids, keyUsageNames } from './certificate-extensions.ts';
import type { WebKey } from './private-key.ts';

export type KeyUsage = (typeof keyUsageNames)[number];

export const clientAuthentication = '1.3.6.1.5.5.7.3.2';
export const serverAuthentication = '1.3.6.1.5.5.7.3.1';

export interface CertificatePlan {
  subject: pkijs.RelativeDistinguishedNames;
  issuer: pkijs.RelativeDistinguishedNames;
  /** ms UTC. */
  notBefore: number;
  notAfter: number;
  publicKey: WebKey;
  signingKey: WebKey;
  extensions: pkijs.Extension[];
}

/** Signs a certificate: version 3, serial of 20 random bytes; SHA-512 with RSA, or ECDSA with the hash of the curve's size. */
export async function buildCertificate(plan: CertificatePlan): Promise<OwnedBytes> {
  const certificate = new pkijs.Certificate({
    version: 2,
    serialNumber: new asn1js.Integer({ valueHex: randomSerial() }),
    subject: plan.subject,
    issuer: plan.issuer,
    notBefore: timeOf(plan.notBefore),
    notAfter: timeOf(plan.notAfter),
    extensions: plan.extensions,
  });
  await certificate.subjectPublicKeyInfo.importKey(plan.publicKey);
  await certificate.sign(plan.signingKey, hashFor(plan.signingKey));
  return new Uint8Array(certificate.toSchema(true).toBER());
}

export function keyUsage(usages: KeyUsage[], critical: boolean): pkijs.Extension {
  const bits = new Uint8Array(1);
  const set = usages.map((usage) => keyUsageNames.indexOf(usage));
  for (const bit of set) bits[0] = (bits[0] ?? 0) | (0x80 >> bit);
  // DER leaves the trailing zero bits of a named bit list out (X.690 §11.2.2).
  const value = new asn1js.BitString({ valueHex: bits, unusedBits: 7 - Math.max(...set) });
  return extension(extensionOids.keyUsage, value, critical);
}

export function extendedKeyUsage(purposes: string[]): pkijs.Extension {
  return extension(extensionOids.extendedKeyUsage, new pkijs.ExtKeyUsage({ keyPurposes: purposes }).toSchema());
}

export function authority(): pkijs.Extension {
  return extension(extensionOids.basicConstraints, new pkijs.BasicConstraints({ cA: true }).toSchema(), true);
}

/** DNS names and IP addresses (v4, v6) as subject alternative names. */
export function alternativeNames(hosts: string[]): pkijs.Extension {
  const names = hosts.map((host) => {
    const address = addressBytes(host);
    return address
      ? new pkijs.GeneralName({ type: 7, value: new asn1js.OctetString({ valueHex: address }) })
      : new pkijs.GeneralName({ type: 2, value: host });
  });
  return extension(extensionOids.subjectAlternativeName, new pkijs.GeneralNames({ names }).toSchema());
}

/** Subject and authority key identifiers by RFC 5280 §4.2.1.2 (1); strict verifiers (Python 3.13) ask for them below a CA. */
export async function keyIdentifiers(subjectKey: WebKey, issuerKey: WebKey | null): Promise<pkijs.Extension[]> {
  const subject = new asn1js.OctetString({ valueHex: await keyIdentifier(subjectKey) });
  const own = extension(extensionOids.subjectKeyIdentifier, subject);
  if (!issuerKey) return [own];
  const keyId = new asn1js.OctetString({ valueHex: await keyIdentifier(issuerKey) });
  const parent = new pkijs.AuthorityKeyIdentifier({ keyIdentifier: keyId });
  return [own, extension(extensionOids.authorityKeyIdentifier, parent.toSchema())];
}

function extension(extnID: string, value: asn1js.AsnType, critical = false): pkijs.Extension {
  return new pkijs.Extension({ extnID, critical, extnValue: value.toBER() });
}

async function keyIdentifier(key: WebKey): Promise<ArrayBuffer> {
  const info = new pkijs.PublicKeyInfo();
  await info.importKey(key);
  return crypto.subtle.digest('SHA-1', info.subjectPublicKey.valueBlock.valueHexView.slice());
}

function randomSerial(): OwnedBytes {
  const serial = crypto.getRandomValues(new Uint8Array(20));
  // Positive, and never starting with a zero byte that DER would forbid.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  return serial;
}

/** RFC 5280 §4.1.2.5: UTCTime through 2049, GeneralizedTime afterwards (and before 1950). Whole seconds. */
function timeOf(ms: number): pkijs.Time {
  const value = new Date(Math.floor(ms / 1000) * 1000);
  const year = value.getUTCFullYear();
  return new pkijs.Time({
    type: year >= 1950 && year < 2050 ? pkijs.TimeType.UTCTime : pkijs.TimeType.GeneralizedTime,
    value,
  });
}

function hashFor({ algorithm }: WebKey): string {
  const curve = 'namedCurve' in algorithm ? algorithm.namedCurve : undefined;
  if (curve === 'P-256') return 'SHA-256';
  if (curve === 'P-384') return 'SHA-384';
  return 'SHA-512';
}

function addressBytes(host: string): OwnedBytes | null {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(host)) return Uint8Array.from(host.split('.'), Number);
  if (!host.includes(':')) return null;
  // URL normalises every spelling of an IPv6 address, an embedded IPv4 one included.
  const [head = '', tail] = new URL(`http://[${host}]/`).hostname.slice(1, -1).split('::');
  const groups = (part: string | undefined) => (part ? part.split(':') : []).map((group) => Number.parseInt(group, 16));
  const front = groups(head);
  const back = groups(tail);
  const all = [...front, ...Array.from({ length: 8 - front.length - back.length }, () => 0), ...back];
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}
