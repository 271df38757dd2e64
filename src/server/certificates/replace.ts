import { X509Certificate } from 'node:crypto';
import { equalBytes } from '../../pki/bytes.ts';
import { CertificateFileError } from '../../pki/certificate-file-error.ts';
import { type CertificateFacts, parseCertificate } from '../../pki/parse-certificate.ts';
import { publicBitsOfCertificate, publicBitsOfKey } from '../../pki/private-key.ts';
import type { PfxContent } from '../../pki/read-pfx.ts';
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
import { limits } from '../limits.ts';
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

/** The first certificate that has its key in the file. */
async function ownPair({
  certificates,
  privateKeys,
}: PfxContent): Promise<{ own: Uint8Array; key: Uint8Array; facts: CertificateFacts } | undefined> {
  for (const own of certificates) {
    const bits = publicBitsOfCertificate(own);
    for (const key of privateKeys) {
      const bitsOfKey = await publicBitsOfKey(key).catch(() => null);
      if (bits && bitsOfKey && equalBytes(bits, bitsOfKey)) return { own, key, facts: await parseCertificate(own) };
    }
  }
  return undefined;
}

/** A certificate without a key: RavenDB loads it, and then misses the key. */
function isCertificateAlone(bytes: Buffer): boolean {
  try {
    return new X509Certificate(bytes).raw.length > 0;
  } catch {
    return false;
  }
}

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
    const pfx = Buffer.from(compact, 'base64');
    if (isCertificateAlone(pfx)) throw noKey();
    const content = await node.crypto.readPfxAsRavenDb(pfx, password ?? '', { rounds: limits.derivationRounds });
    const pair = await ownPair(content);
    if (pair?.facts.keyAlgorithm !== 'RSA') throw noKey();
    const others = content.certificates.filter((other) => other !== pair.own);
    return { identity: serverIdentity([pair.own, ...others], pair.key), facts: pair.facts };
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
