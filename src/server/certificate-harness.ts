import { generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { type Identity, identityOf } from './spec-node.ts';
import { element, oid, sequence } from './sample/quick-certificate.ts';

/** For specs only: certificates that no honest tool makes, with their keys. */

/** A date as it is written, whatever is in it: UTCTime or GeneralizedTime by its tag. */
export interface WrittenTime {
  readonly tag: 'utc' | 'generalized';
  readonly text: string;
}

export const utc = (text: string): WrittenTime => ({ tag: 'utc', text });
export const generalized = (text: string): WrittenTime => ({ tag: 'generalized', text });

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export interface OddCertificate {
  /** Common name; null for no subject at all. Default: `odd`. */
  readonly name?: string | Uint8Array | null;
  /** Tag of the string type that the name is written as. Default: UTF8String. */
  readonly nameTag?: number;
  readonly notBefore?: WrittenTime;
  readonly notAfter?: WrittenTime;
  /** As people count; `explicit 1` writes the number that DER leaves out. Only version 3 has extensions. Default: 3. */
  readonly version?: 1 | 'explicit 1' | 2 | 3;
  /** DNS names; critical where there is no subject (RFC 5280, 4.2.1.6). */
  readonly hosts?: readonly string[];
  /** Default: a new one. */
  readonly key?: KeyPair;
}

const time = ({ tag, text }: WrittenTime) => element(tag === 'utc' ? 0x17 : 0x18, Buffer.from(text, 'latin1'));
const extension = (id: string, critical: boolean, value: Uint8Array) =>
  sequence(oid(id), ...(critical ? [element(0x01, Buffer.from([0xff]))] : []), element(0x04, value));

export const newKey = (): KeyPair => generateKeyPairSync('ec', { namedCurve: 'P-256' });

const begins = utc('200101000000Z');
const ends = utc('491231235959Z');

/** A self-signed certificate with what it is told written in it. */
export function oddCertificate(odd: OddCertificate = {}): Identity & { readonly key: KeyPair } {
  const { name = 'odd', nameTag = 0x0c, notBefore = begins, notAfter = ends, version = 3, hosts = [] } = odd;
  const { key = newKey() } = odd;
  const text = typeof name === 'string' ? Buffer.from(name) : name;
  const subject = text === null ? sequence() : sequence(element(0x31, sequence(oid('550403'), element(nameTag, text))));
  const names = hosts.map((host) => element(0x82, Buffer.from(host)));
  const extensions = [
    extension('551d0f', true, element(0x03, Buffer.from([7, 0x80]))),
    extension('551d25', false, sequence(oid('2b06010505070301'), oid('2b06010505070302'))),
    ...(names.length === 0 ? [] : [extension('551d11', name === null, sequence(...names))]),
  ];
  const algorithm = sequence(oid('2a8648ce3d040302'));
  const body = sequence(
    ...(version === 1 ? [] : [element(0xa0, element(0x02, Buffer.from([version === 'explicit 1' ? 0 : version - 1])))]),
    element(0x02, Buffer.concat([Buffer.from([0x40]), Buffer.from(crypto.getRandomValues(new Uint8Array(15)))])),
    algorithm,
    subject,
    sequence(time(notBefore), time(notAfter)),
    subject,
    key.publicKey.export({ type: 'spki', format: 'der' }),
    ...(version === 3 ? [element(0xa3, sequence(...extensions))] : []),
  );
  const signature = element(0x03, Buffer.from([0]), sign('sha256', body, key.privateKey));
  const certificate = new X509Certificate(sequence(body, algorithm, signature)).toString();
  const pem = `${certificate}${key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()}`;
  return { ...identityOf(pem), key };
}
