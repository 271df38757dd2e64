import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { buildCertificate, keyUsage, type KeyUsage } from '../pki/build-certificate.ts';
import { commonNameOnly } from '../pki/distinguished-name.ts';
import { privateKeyToPem, toPem } from '../pki/pem.ts';
import { exportPrivateKey, generateKey } from '../pki/private-key.ts';
import { writePfx } from '../pki/write-pfx.ts';
import { identityOf, type Identity } from './spec-node.ts';

/** For specs only: certificates made to order, with P-256 keys. */

export type Key = Awaited<ReturnType<typeof generateKey>>;
export const newKey = (): Promise<Key> => generateKey('P-256');

/** Who signs: the name that stands as issuer, and the key. */
export interface Signer {
  readonly name: string;
  readonly key: Key;
}

export interface MadeCertificate {
  /** Common name. */
  readonly name: string;
  readonly key: Key;
  /** Left out: the certificate signs itself. */
  readonly issuer?: Signer;
  /** Days from now. */
  readonly begins?: number;
  readonly ends?: number;
  /** Basic constraints; left out: the extension is absent. */
  readonly authority?: boolean;
  /** How many authorities it may have below it. */
  readonly pathLength?: number;
  readonly usages?: KeyUsage[];
  /** What stands in RavenDB's extension with a person's identity. */
  readonly identity?: string;
  readonly extensions?: readonly pkijs.Extension[];
}

const day = 86_400_000;

/** An extension of nothing but text, of whatever kind. */
export const textExtension = (extnID: string, text: string, critical = false): pkijs.Extension =>
  new pkijs.Extension({ extnID, critical, extnValue: new asn1js.Utf8String({ value: text }).toBER() });

function constraints(cA: boolean, pathLength: number | undefined): pkijs.Extension {
  const value = new pkijs.BasicConstraints({
    cA,
    ...(pathLength === undefined ? {} : { pathLenConstraint: pathLength }),
  });
  return new pkijs.Extension({ extnID: '2.5.29.19', critical: true, extnValue: value.toSchema().toBER() });
}

/** Makes a certificate, with its key in the same PEM text. */
export async function madeCertificate(plan: MadeCertificate): Promise<Identity> {
  const { name, key, issuer = { name, key }, begins = -1, ends = 1, authority, pathLength, usages, identity } = plan;
  const now = Date.now();
  const der = await buildCertificate({
    subject: commonNameOnly(name),
    issuer: commonNameOnly(issuer.name),
    notBefore: now + begins * day,
    notAfter: now + ends * day,
    publicKey: key.publicKey,
    signingKey: issuer.key.privateKey,
    extensions: [
      ...(authority === undefined ? [] : [constraints(authority, pathLength)]),
      ...(usages === undefined ? [] : [keyUsage(usages, true)]),
      ...(identity === undefined ? [] : [textExtension('1.3.6.1.4.1.45751.2.2', identity)]),
      ...(plan.extensions ?? []),
    ],
  });
  return identityOf(`${privateKeyToPem(await exportPrivateKey(key.privateKey))}\n${toPem('CERTIFICATE', der)}\n`);
}

/** What a client shows that sends other certificates along with its own. */
export function sending(own: Identity, ...others: readonly Identity[]): Identity {
  const certificates = others.map(({ der }) => toPem('CERTIFICATE', Buffer.from(der, 'base64')));
  return { ...own, pem: `${own.pem}${certificates.join('\n')}\n` };
}

/** Base64 of a PFX file with these certificates, of which the node makes the first the primary. */
export async function setFile(first: Identity, ...others: readonly Identity[]): Promise<string> {
  // The last one of the file heads the set, as on RavenDB.
  const certificates = [first, ...others].map(({ der }) => Buffer.from(der, 'base64')).reverse();
  return Buffer.from(await writePfx({ certificates, encryption: 'compatible' })).toString('base64');
}
