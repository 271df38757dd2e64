import { type Asn1Node, childrenOf, isSequence, isTagged, oidOf, rawOf } from './asn1.ts';
import type { OwnedBytes } from './bytes.ts';
import { foreign } from './foreign-file.ts';

const signedData = '1.2.840.113549.1.7.2';

/**
 * The certificates of a PKCS#7 or CMS message with signed content (RFC 5652 §5.1), which `.p7b` files are without any: DER, in the order
 * of the file.
 * @throws CertificateFileError for other messages
 */
export function readPkcs7(root: Asn1Node): OwnedBytes[] {
  const [type, content] = childrenOf(root);
  if (oidOf(type) !== signedData)
    throw foreign(
      'This is an encrypted or plain message (PKCS#7), not a file of certificates.',
      'Choose the certificate: a .pfx, .p12, .cer, .crt, .der, .pem or .p7b file.',
    );
  const certificates = childrenOf(childrenOf(content)[0]).find((node) => isTagged(node, 0));
  // A CHOICE: others than certificates are tagged.
  return certificates === undefined ? [] : childrenOf(certificates).filter(isSequence).map(rawOf);
}
