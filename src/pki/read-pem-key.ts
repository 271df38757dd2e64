import { childrenOf, octetsOf, oidOf, parseAsn1 } from './asn1.ts';
import type { OwnedBytes } from './bytes.ts';
import { CertificateFileError } from './certificate-file-error.ts';
import { decryptWithPassword } from './password-encryption.ts';
import { type PemBlock, pkcs8OfPkcs1, pkcs8OfSec1 } from './pem.ts';
import { newBudget } from './work-budget.ts';

/**
 * PKCS#8 of a PEM private key: PKCS#8, encrypted PKCS#8, PKCS#1 or SEC 1. Null for the old encryption by PEM headers, for
 * labels of others, and for an encrypted key when there's no passphrase.
 * @throws CertificateFileError 'passphrase-wrong' and those of the decryption
 */
export async function readPemKey(block: PemBlock, passphrase: string): Promise<OwnedBytes | null> {
  const { label, der, encrypted } = block;
  if (!der || encrypted) return null;
  if (label === 'PRIVATE KEY') return der;
  if (label === 'RSA PRIVATE KEY') return pkcs8OfPkcs1(der);
  if (label === 'EC PRIVATE KEY') {
    // ECPrivateKey ::= { version, privateKey, [0] parameters, [1] publicKey } (RFC 5915).
    const parameters = childrenOf(parseAsn1(der)).find(
      ({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === 0,
    );
    return pkcs8OfSec1(der, oidOf(childrenOf(parameters)[0]));
  }
  if (label !== 'ENCRYPTED PRIVATE KEY' || passphrase === '') return null;
  const [algorithm, data] = childrenOf(parseAsn1(der));
  const key = await decryptWithPassword(algorithm, octetsOf(data), passphrase, newBudget());
  if (!key)
    throw new CertificateFileError(
      'passphrase-wrong',
      'The passphrase does not open the private key in this file. Check it and enter it again.',
    );
  return key;
}
