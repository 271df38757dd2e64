import { X509Certificate } from 'node:crypto';
import { CertificateFileError, notACertificate } from '../../pki/certificate-file-error.ts';
import { unreadableDates } from '../../pki/certificate-head.ts';
import { noCertificateIn } from '../../pki/der-kind.ts';
import { peerCertificate, UnreadableDatesError } from '../auth/peer-certificate.ts';
import type { Exchange } from '../http/exchange.ts';
import { argumentError, cryptographicError, formatError, invalidOperationError } from '../http/raven-exception.ts';
import { created, type Reply } from '../http/reply.ts';
import { limits } from '../limits.ts';
import type { ServerNode } from '../server-node.ts';
import { leavePassive } from '../cluster.ts';
import { callerClearance, isClusterAdmin } from './caller.ts';
import { readCertificateBody, validateBody } from './certificate-body.ts';
import { clearanceNames, isAdminClearance, nameOf, usage } from './definition.ts';
import { failedToPut, storeSet, type UploadedCertificate } from './store-set.ts';

function fromX509(x509: X509Certificate): UploadedCertificate {
  return { ...peerCertificate(x509.raw), subject: x509.subject, issuer: x509.issuer };
}

/** Base64 with line breaks and blanks, as .NET reads it. */
export function readBase64(text: string, message: string): Buffer {
  const compact = text.replace(/[\s]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact))
    throw argumentError(message, formatError('The input is not a valid Base-64 string.'));
  return Buffer.from(compact, 'base64');
}

/**
 * The certificates of a DER, PEM or PFX file, in .NET's order: of a PEM file the first alone, of a PFX file the last bag first. Forms that
 * only people's files have (PEM indented, in UTF-16 or in base64) are none for RavenDB; who uploads them makes a certificate of them.
 * @throws ArgumentException as RavenDB does, whatever is wrong
 * @throws CertificateFileError when dates can't be read
 */
export async function loadCertificates(
  node: ServerNode,
  bytes: Buffer,
  password: string | undefined,
): Promise<UploadedCertificate[]> {
  const single = readSingle(bytes);
  if (single !== undefined) return [single];
  try {
    const content = await node.crypto.readPfxAsRavenDb(bytes, password ?? '', { rounds: limits.derivationRounds });
    const certificates = content.certificates.reverse();
    if (certificates.length === 0) throw noCertificateIn('empty-pfx');
    if (certificates.length > limits.certificatesPerUpload)
      throw argumentError(`A set may hold ${limits.certificatesPerUpload} certificates at most.`);
    return certificates.map((der) => {
      const certificate = readSingle(der);
      if (certificate === undefined) throw notACertificate();
      return certificate;
    });
  } catch (error) {
    if (!(error instanceof CertificateFileError) || error.code === 'unreadable-dates') throw error;
    const wrong = error.code === 'passphrase-wrong' || error.code === 'passphrase-required';
    throw argumentError(
      'Unable to load the provided certificate.',
      cryptographicError(
        wrong
          ? 'The certificate data cannot be read with the provided password, the password may be incorrect.'
          : error.message,
      ),
    );
  }
}

/**
 * One certificate as DER or PEM, by OpenSSL as .NET reads it on Linux; what stands behind it doesn't count.
 * @throws CertificateFileError when its dates can't be read
 */
function readSingle(bytes: Uint8Array): UploadedCertificate | undefined {
  try {
    return fromX509(new X509Certificate(bytes));
  } catch (error) {
    if (error instanceof UnreadableDatesError) throw unreadableDates();
    return undefined;
  }
}

/** `PUT /admin/certificates`: registers a certificate, or a set of them. */
export async function uploadCertificate(exchange: Exchange): Promise<Reply> {
  const { node } = exchange;
  await leavePassive(node);
  const body = readCertificateBody(await exchange.json());
  const name = validateBody(body, node.licence);
  if (body.usage === usage.ssoServer) {
    node.licence.requireSso();
    if (!isClusterAdmin(exchange))
      throw invalidOperationError(`Cannot save the SSO server certificate '${name}': only a cluster admin can.`);
  }
  if (isAdminClearance(body.clearance) && !isClusterAdmin(exchange))
    throw invalidOperationError(
      `Cannot save the certificate '${name}' with '${nameOf(clearanceNames, body.clearance)}' security clearance because the current client certificate being used has a lower clearance: ${callerClearance(exchange)}`,
    );
  if (body.certificate === undefined || body.certificate.trim() === '')
    throw argumentError('Certificate is a mandatory property when saving an existing certificate');
  const bytes = readBase64(body.certificate, 'Unable to parse the Certificate property, expected a Base64 value');
  const loaded = await loadCertificates(node, bytes, body.password).catch((error: unknown) => {
    // RavenDB loads such a certificate, and fails as it stores it.
    if (!(error instanceof CertificateFileError)) throw error;
    throw failedToPut(name, cryptographicError(error.message));
  });
  await node.store.write((transaction) => storeSet(exchange, transaction, name, body, loaded));
  return created();
}
