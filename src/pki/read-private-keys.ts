import * as asn1js from 'asn1js';
import { type Asn1Node, childrenOf, isSequence, isTagged, octetsOf, parseAsn1 } from './asn1.ts';
import { owned, type OwnedBytes } from './bytes.ts';
import { CertificateFileError } from './certificate-file-error.ts';
import { decryptWithPassword } from './password-encryption.ts';
import { type PemBlock, pkcs8OfPkcs1, pkcs8OfSec1 } from './pem.ts';
import type { WorkBudget } from './work-budget.ts';

/**
 * PKCS#8 of a PEM private key: PKCS#8, encrypted PKCS#8, PKCS#1 or SEC 1. Null for the old encryption by PEM headers, for
 * labels of others, and for an encrypted key when there's no passphrase.
 * @throws CertificateFileError 'passphrase-wrong' and those of the decryption
 */
export async function readPemKey(
  { label, der, encrypted }: PemBlock,
  passphrase: string,
  budget: WorkBudget,
): Promise<OwnedBytes | null> {
  const known = ['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'].includes(label);
  return der && !encrypted && known ? readDerKey(der, passphrase, budget) : null;
}

/**
 * PKCS#8 of a private key in DER, in any of these forms: they are told apart by their structure. Null for an encrypted key when
 * there's no passphrase.
 * @throws as `readPemKey`; 'not-a-certificate' for other DER
 */
export async function readDerKey(der: OwnedBytes, passphrase: string, budget: WorkBudget): Promise<OwnedBytes | null> {
  const root = parseAsn1(der);
  const [first, second] = childrenOf(root);
  if (isSequence(first)) return passphrase === '' ? null : decryptKey(root, passphrase, budget);
  if (second instanceof asn1js.OctetString) {
    // ECPrivateKey ::= { version, privateKey, [0] parameters, [1] publicKey } (RFC 5915). Explicit parameters stay as they are.
    const tagged = childrenOf(root).find((node) => isTagged(node, 0));
    const parameters = tagged && childrenOf(tagged)[0];
    return parameters ? pkcs8OfSec1(der, parameters) : null;
  }
  return second instanceof asn1js.Integer ? pkcs8OfPkcs1(der) : owned(der);
}

async function decryptKey(root: Asn1Node, passphrase: string, budget: WorkBudget): Promise<OwnedBytes> {
  const [algorithm, data] = childrenOf(root);
  const work = { budget, toldPasswordsApart: false };
  const key = await decryptWithPassword(algorithm, octetsOf(data), passphrase, work);
  if (!key)
    throw new CertificateFileError(
      'passphrase-wrong',
      'The passphrase does not open the private key in this file. Check it and enter it again.',
    );
  return key;
}
