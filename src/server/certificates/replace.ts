import { CertificateFileError } from '../../pki/certificate-file-error.ts';
import type { CertificateFacts } from '../../pki/parse-certificate.ts';
import { requireLeader } from '../cluster.ts';
import type { Exchange } from '../http/exchange.ts';
import { booleanOf, stringOf } from '../http/json-values.ts';
import {
  argumentError,
  cryptographicError,
  formatError,
  invalidOperationError,
  RavenException,
} from '../http/raven-exception.ts';
import { created, empty, json, notFound, type Reply } from '../http/reply.ts';
import { validateServerCertificate } from '../tls/replacement.ts';
import { serverIdentity, type ServerIdentity } from '../tls/server-identity.ts';
import { byCaller } from './caller.ts';

/** `POST /admin/certificates/replace-cluster-cert`: 201 says that the replacement has begun. */
export async function replaceServerCertificate(exchange: Exchange): Promise<Reply> {
  const { node, query } = exchange;
  requireLeader(node.cluster);
  const immediately = query.boolean('replaceImmediately') ?? false;
  const body = await exchange.json();
  booleanOf(body, 'ReplaceImmediately');
  try {
    const { identity, facts } = await readIdentity(exchange, stringOf(body, 'Certificate'), stringOf(body, 'Password'));
    validateServerCertificate(identity, facts, node.settings.validateKeyUsages);
    await node.replacement.start(identity, immediately, byCaller(exchange));
  } catch (error) {
    if (!(error instanceof RavenException)) throw error;
    throw invalidOperationError('Failed to replace the server certificate.', error);
  }
  return created();
}

const noKey = () =>
  cryptographicError(
    'Unable to find the private key in the provided certificate: it must be a PFX file with an RSA key.',
  );

async function readIdentity(
  { node }: Exchange,
  certificate: string | undefined,
  password: string | undefined,
): Promise<{ identity: ServerIdentity; facts: CertificateFacts }> {
  if (certificate === undefined || certificate.trim() === '')
    throw argumentError('Certificate is a required field in the certificate definition.');
  const compact = certificate.replace(/\s/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact))
    throw formatError('The input is not a valid Base-64 string.');
  try {
    const file = await node.crypto.readCertificateFile(Buffer.from(compact, 'base64'), password ?? '', {
      withPrivateKey: true,
    });
    const own = file.certificates[file.privateKeyOf ?? -1];
    if (file.privateKeyPkcs8 === undefined || own?.keyAlgorithm !== 'RSA') throw noKey();
    const others = file.certificates.filter((other) => other !== own);
    const identity = serverIdentity([own.der, ...others.map((other) => other.der)], file.privateKeyPkcs8);
    return { identity, facts: own };
  } catch (error) {
    if (!(error instanceof CertificateFileError)) throw error;
    throw argumentError('Unable to load the provided certificate.', cryptographicError(error.message));
  }
}

/** `GET /admin/certificates/replacement/status` */
export function replacementStatus({ node }: Exchange): Reply {
  const { status } = node.replacement;
  return status === undefined ? notFound() : json(status);
}

/** `POST /admin/certificates/replacement/reset` */
export async function resetReplacement({ node }: Exchange): Promise<Reply> {
  await node.replacement.reset();
  return empty(204);
}
