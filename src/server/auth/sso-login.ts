import type { CertificateTable, Entry } from '../certificates/certificate-table.ts';
import type { Grant } from './connection.ts';
import type { PeerCertificate } from './peer-certificate.ts';
export function findSsoUser(_peer: PeerCertificate, _certificates: CertificateTable, _now: number): Entry | undefined {
  return undefined;
}
export function ssoGrant(_peer: PeerCertificate, _certificates: CertificateTable, _now: number): Grant | undefined {
  return undefined;
}
