import * as pkijs from 'pkijs';
import {
  alternativeNames,
  authority,
  buildCertificate,
  clientAuthentication,
  extendedKeyUsage,
  keyIdentifiers,
  keyUsage,
  serverAuthentication,
} from './build-certificate.ts';
import type { OwnedBytes } from './bytes.ts';
import { parseAsn1 } from './asn1.ts';
import { commonNameOnly } from './distinguished-name.ts';
import { exportPrivateKey, generateKey, importPrivateKey, type WebKey } from './private-key.ts';

export interface IssuedCertificate {
  der: Uint8Array;
  privateKeyPkcs8: Uint8Array;
}

export interface ClientCertificateRequest {
  /** Becomes `CN=<name>`, whatever characters it holds. */
  name: string;
  /** ms UTC; whole seconds are kept. RavenDB: today 00:00 UTC minus 7 days. */
  notBefore: number;
  notAfter: number;
  issuerDer: Uint8Array;
  /** The issuer's private key, PKCS#8. RavenDB signs with the server certificate's own key. */
  issuerKey: Uint8Array;
}

/**
 * Makes a client certificate as RavenDB 7.2 generates it: RSA-4096 key, SHA-512 with RSA, key usages digitalSignature and
 * keyEncipherment, extended usage clientAuth, none of them critical, no other extension.
 */
export async function issueClientCertificate(request: ClientCertificateRequest): Promise<IssuedCertificate> {
  const signingKey = await importPrivateKey(request.issuerKey);
  const { publicKey, privateKey } = await generateKey('RSA-4096');
  const der = await buildCertificate({
    subject: commonNameOnly(request.name),
    issuer: new pkijs.Certificate({ schema: parseAsn1(request.issuerDer) }).subject,
    notBefore: request.notBefore,
    notAfter: request.notAfter,
    publicKey,
    signingKey,
    extensions: [keyUsage(['digitalSignature', 'keyEncipherment'], false), extendedKeyUsage([clientAuthentication])],
  });
  return { der, privateKeyPkcs8: await exportPrivateKey(privateKey) };
}

export interface ServerIdentityRequest {
  /** DNS names and IP addresses the server answers at; the first DNS name becomes its common name. Not empty. */
  hosts: string[];
  /** Common name of the authority that signs the server's certificate. */
  authorityName: string;
  /** ms UTC, for both certificates. */
  notBefore: number;
  notAfter: number;
}

export interface ServerIdentity {
  authority: IssuedCertificate;
  server: IssuedCertificate;
}

/**
 * Makes a certificate authority (P-256) and a server certificate below it (RSA-3072, server and client authentication, since
 * a RavenDB server is also a client of its peers).
 */
export async function issueServerIdentity(request: ServerIdentityRequest): Promise<ServerIdentity> {
  const { hosts, notBefore, notAfter } = request;
  const [authorityKey, serverKey] = await Promise.all([generateKey('P-256'), generateKey('RSA-3072')]);
  const authorityName = commonNameOnly(request.authorityName);
  const shared = { issuer: authorityName, notBefore, notAfter, signingKey: authorityKey.privateKey };
  const authorityDer = await buildCertificate({
    ...shared,
    subject: authorityName,
    publicKey: authorityKey.publicKey,
    extensions: [
      authority(),
      keyUsage(['keyCertSign', 'cRLSign'], true),
      ...(await keyIdentifiers(authorityKey.publicKey, null)),
    ],
  });
  const serverDer = await buildCertificate({
    ...shared,
    subject: commonNameOnly(hosts[0] ?? 'localhost'),
    publicKey: serverKey.publicKey,
    extensions: [
      keyUsage(['digitalSignature', 'keyEncipherment'], true),
      extendedKeyUsage([serverAuthentication, clientAuthentication]),
      alternativeNames(hosts),
      ...(await keyIdentifiers(serverKey.publicKey, authorityKey.publicKey)),
    ],
  });
  return {
    authority: await withKey(authorityDer, authorityKey.privateKey),
    server: await withKey(serverDer, serverKey.privateKey),
  };
}

export interface SelfSignedRequest {
  name: string;
  algorithm: 'P-256' | 'RSA-4096';
  /** ms UTC. */
  notBefore: number;
  notAfter: number;
}

/** Makes a self-signed certificate for client authentication; its private key is made here and goes nowhere else. */
export async function selfSignedClientCertificate(request: SelfSignedRequest): Promise<IssuedCertificate> {
  const { publicKey, privateKey } = await generateKey(request.algorithm);
  const name = commonNameOnly(request.name);
  const usages =
    request.algorithm === 'P-256' ? ['digitalSignature' as const] : (['digitalSignature', 'keyEncipherment'] as const);
  const der = await buildCertificate({
    subject: name,
    issuer: name,
    notBefore: request.notBefore,
    notAfter: request.notAfter,
    publicKey,
    signingKey: privateKey,
    extensions: [keyUsage([...usages], false), extendedKeyUsage([clientAuthentication])],
  });
  return withKey(der, privateKey);
}

async function withKey(der: OwnedBytes, privateKey: WebKey): Promise<IssuedCertificate> {
  return { der, privateKeyPkcs8: await exportPrivateKey(privateKey) };
}
