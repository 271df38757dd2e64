import * as asn1js from 'asn1js';
import { toDer } from './asn1.ts';
import { owned, type OwnedBytes } from './bytes.ts';
import { loadLegacyCrypto } from './forge.ts';
import { aes256Cbc, hmacWithSha256, pbes2, type Password, pbeWithSha1And3Des, pbkdf2 } from './password-encryption.ts';
import { bagTypes, pkcs7Data, pkcs7EncryptedData, x509Certificate } from './read-pfx.ts';

export interface PfxPlan {
  /** DER; with a private key the first is the one it belongs to. */
  certificates: readonly Uint8Array[];
  privateKeyPkcs8?: Uint8Array;
  /** '' or undefined: no passphrase. */
  passphrase?: string | undefined;
  /**
   * 'compatible': Triple DES and SHA-1 with 2000 iterations, what RavenDB writes and every system reads.
   * 'modern': AES-256 and SHA-256; Windows before 10 (1709), macOS before 15 and Java before 8u301 refuse it.
   */
  encryption: 'modern' | 'compatible';
}

const COMPATIBLE_ITERATIONS = 2000;
/** Well within the 300,000 per derivation and 1,000,000 per file that .NET's reader accepts. */
const MODERN_ITERATIONS = 100_000;

const sha1 = '1.3.14.3.2.26';
const sha256 = '2.16.840.1.101.3.4.2.1';
const localKeyId = '1.2.840.113549.1.9.21';
/** Ties the key to its certificate (RFC 2985 §5.5.2); any value does, .NET writes this one. */
const localKeyIdValue = Uint8Array.of(1, 0, 0, 0);

/** Writes PKCS#12 (RFC 7292) with a MAC: certificates in the given order in one encrypted safe, the key in another. */
export async function writePfx(plan: PfxPlan): Promise<Uint8Array> {
  const passphrase = plan.passphrase ?? '';
  const encrypt = plan.encryption === 'modern' ? encryptModern : encryptCompatible;
  if (plan.privateKeyPkcs8 && plan.certificates.length === 0)
    throw new Error('A PFX file with a private key needs its certificate.');
  const keyId = plan.privateKeyPkcs8 ? localKeyIdValue : null;
  const bags = plan.certificates.map((der, index) => certificateBag(der, index === 0 ? keyId : null));
  const safes = [await encryptedSafe(bags, (data) => encrypt(data, passphrase))];
  if (plan.privateKeyPkcs8) {
    const { algorithm, data } = await encrypt(owned(plan.privateKeyPkcs8), passphrase);
    safes.push(plainSafe([bag(bagTypes.shroudedKey, sequence(algorithm, octets(data)), keyId)]));
  }
  const content = toDer(sequence(...safes));
  const macData = await mac(content, passphrase, plan.encryption);
  const authSafe = sequence(oid(pkcs7Data), tagged(octets(content)));
  return toDer(sequence(new asn1js.Integer({ value: 3 }), authSafe, macData));
}

interface Encrypted {
  algorithm: asn1js.Sequence;
  data: OwnedBytes;
}

async function encryptCompatible(data: OwnedBytes, passphrase: string): Promise<Encrypted> {
  const legacy = await loadLegacyCrypto();
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const shared = { hash: 'sha1', salt, iterations: COMPATIBLE_ITERATIONS } as const;
  const key = legacy.deriveKey(passwordOf(passphrase), { ...shared, purpose: 1, length: 24 });
  const iv = legacy.deriveKey(passwordOf(passphrase), { ...shared, purpose: 2, length: 8 });
  const parameters = sequence(octets(salt), new asn1js.Integer({ value: COMPATIBLE_ITERATIONS }));
  return { algorithm: sequence(oid(pbeWithSha1And3Des), parameters), data: legacy.encrypt3des(key, iv, data) };
}

async function encryptModern(data: OwnedBytes, passphrase: string): Promise<Encrypted> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(16));
  const secret = await crypto.subtle.importKey('raw', new TextEncoder().encode(passphrase), 'PBKDF2', false, [
    'deriveKey',
  ]);
  const derivation = { name: 'PBKDF2', salt, iterations: MODERN_ITERATIONS, hash: 'SHA-256' };
  const key = await crypto.subtle.deriveKey(derivation, secret, { name: 'AES-CBC', length: 256 }, false, ['encrypt']);
  const encrypted = await crypto.subtle.encrypt({ name: 'AES-CBC', iv }, key, data);
  const prf = sequence(oid(hmacWithSha256), new asn1js.Null());
  const parameters = sequence(
    sequence(oid(pbkdf2), sequence(octets(salt), new asn1js.Integer({ value: MODERN_ITERATIONS }), prf)),
    sequence(oid(aes256Cbc), octets(iv)),
  );
  return { algorithm: sequence(oid(pbes2), parameters), data: new Uint8Array(encrypted) };
}

async function mac(
  content: Uint8Array,
  passphrase: string,
  encryption: PfxPlan['encryption'],
): Promise<asn1js.Sequence> {
  const legacy = await loadLegacyCrypto();
  const modern = encryption === 'modern';
  const hash = modern ? 'sha256' : 'sha1';
  const iterations = modern ? MODERN_ITERATIONS : COMPATIBLE_ITERATIONS;
  const salt = crypto.getRandomValues(new Uint8Array(20));
  const key = legacy.deriveKey(passwordOf(passphrase), {
    hash,
    salt,
    purpose: 3,
    iterations,
    length: modern ? 32 : 20,
  });
  const algorithm = sequence(oid(modern ? sha256 : sha1), new asn1js.Null());
  const digest = sequence(algorithm, octets(legacy.hmac(hash, key, content)));
  return sequence(digest, octets(salt), new asn1js.Integer({ value: iterations }));
}

/** Without a passphrase RavenDB (.NET) derives from no bytes at all, where OpenSSL takes the empty password; both read both. */
function passwordOf(passphrase: string): Password {
  return passphrase === '' ? null : passphrase;
}

function certificateBag(der: Uint8Array, keyId: OwnedBytes | null): asn1js.Sequence {
  return bag(bagTypes.certificate, sequence(oid(x509Certificate), tagged(octets(owned(der)))), keyId);
}

function bag(type: string, value: asn1js.AsnType, keyId: OwnedBytes | null): asn1js.Sequence {
  if (!keyId) return sequence(oid(type), tagged(value));
  const attribute = sequence(oid(localKeyId), new asn1js.Set({ value: [octets(keyId)] }));
  return sequence(oid(type), tagged(value), new asn1js.Set({ value: [attribute] }));
}

async function encryptedSafe(
  bags: asn1js.Sequence[],
  encrypt: (data: OwnedBytes) => Promise<Encrypted>,
): Promise<asn1js.Sequence> {
  const { algorithm, data } = await encrypt(toDer(sequence(...bags)));
  const implicit = new asn1js.Primitive({ idBlock: { tagClass: 3, tagNumber: 0 }, valueHex: data });
  const content = sequence(oid(pkcs7Data), algorithm, implicit);
  return sequence(oid(pkcs7EncryptedData), tagged(sequence(new asn1js.Integer({ value: 0 }), content)));
}

function plainSafe(bags: asn1js.Sequence[]): asn1js.Sequence {
  return sequence(oid(pkcs7Data), tagged(octets(toDer(sequence(...bags)))));
}

function sequence(...value: asn1js.AsnType[]): asn1js.Sequence {
  return new asn1js.Sequence({ value });
}

function tagged(value: asn1js.AsnType): asn1js.Constructed {
  return new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber: 0 }, value: [value] });
}

function oid(value: string): asn1js.ObjectIdentifier {
  return new asn1js.ObjectIdentifier({ value });
}

function octets(valueHex: OwnedBytes): asn1js.OctetString {
  return new asn1js.OctetString({ valueHex });
}
