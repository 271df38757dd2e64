import type { Exchange } from '../http/exchange.ts';
import { attachment, type Reply } from '../http/reply.ts';
import { clearance } from './definition.ts';

/** `GET /admin/certificates/export`: the server certificate and every registered node's, without keys. */
export async function exportCertificates({ node }: Exchange): Promise<Reply> {
  const { current } = node.identity;
  const certificates: Uint8Array[] = [current.der];
  for (const { definition } of node.certificates.values()) {
    if (definition.clearance !== clearance.clusterNode || definition.thumbprint === current.thumbprint) continue;
    const der = node.certificates.der(definition.thumbprint);
    if (der !== undefined) certificates.push(der);
  }
  const pfx = await node.crypto.writePfx({ certificates, encryption: 'compatible' });
  return attachment(pfx, 'ServerCertificatesCollection.pfx');
}

/** `GET /admin/certificates/for-communication/export`: there is no separate one, so it is the server certificate. */
export function exportForCommunication({ node }: Exchange): Reply {
  return attachment(node.identity.current.der, 'ServerCertificateForCommunication.crt');
}
