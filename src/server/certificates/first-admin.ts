import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { privateKeyToPem, toPem } from '../../pki/pem.ts';
import { peerCertificate } from '../auth/peer-certificate.ts';
import type { ServerNode } from '../server-node.ts';
import { writePrivateFile } from '../store/private-file.ts';
import { today } from './certificate-body.ts';
import { blankDefinition, clearance } from './definition.ts';
import { describeChanges } from './describe-changes.ts';

/** Paths of a client certificate with its key. */
export interface ClientFiles {
  readonly pem: string;
  readonly pfx: string;
}

const name = 'first-admin';
const day = 86_400_000;

/** At the first start: an admin's certificate, registered, with its key in two files of the data folder. Later: their paths. */
export async function firstAdmin(node: ServerNode, dataDir: string): Promise<ClientFiles> {
  const files = { pem: join(dataDir, 'client.pem'), pfx: join(dataDir, 'client.pfx') };
  // One that was deleted on purpose doesn't come back.
  if (node.store.get('meta', 'first-admin') !== undefined && existsSync(files.pfx)) return files;
  const { current } = node.identity;
  const end = new Date(today());
  end.setUTCFullYear(end.getUTCFullYear() + 5);
  const { der, privateKeyPkcs8 } = await node.crypto.generateClientCertificate({
    name,
    notBefore: today() - 7 * day,
    notAfter: end.getTime(),
    issuerDer: current.der,
    issuerKey: current.privateKeyPkcs8,
  });
  const peer = peerCertificate(Buffer.from(der));
  const { thumbprint, notAfter, notBefore, pinningHash } = peer;
  const definition = {
    ...blankDefinition,
    name,
    thumbprint,
    notAfter,
    notBefore,
    pinningHash,
    clearance: clearance.clusterAdmin,
  };
  writePrivateFile(files.pem, `${privateKeyToPem(privateKeyPkcs8)}\n${toPem('CERTIFICATE', der)}\n`);
  writePrivateFile(
    files.pfx,
    await node.crypto.writePfx({ certificates: [der], privateKeyPkcs8, encryption: 'compatible' }),
  );
  await node.store.write((transaction) => {
    node.cluster.ensureActive(transaction);
    node.cluster.next(transaction);
    node.certificates.put(transaction, definition, der);
    transaction.put('meta', 'first-admin', thumbprint);
    const changes = describeChanges(undefined, definition);
    node.history.append(transaction, { action: 'Generate', thumbprint, name, by: null, byName: null, changes });
  });
  return files;
}
