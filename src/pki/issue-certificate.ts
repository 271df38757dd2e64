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
  /** ms UTC, when the authority is to live longer than the first certificate below it. */
  authorityNotAfter?: number;
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
  const authorityKey = await generateKey('P-256');
  const authorityName = commonNameOnly(request.authorityName);
  const authorityDer = await buildCertificate({
    subject: authorityName,
    issuer: authorityName,
    notBefore: request.notBefore,
    notAfter: request.authorityNotAfter ?? request.notAfter,
    publicKey: authorityKey.publicKey,
    signingKey: authorityKey.privateKey,
    extensions: [
      authority(),
      keyUsage(['keyCertSign', 'cRLSign'], true),
      ...(await keyIdentifiers(authorityKey.publicKey, null)),
    ],
  });
  const issued = await withKey(authorityDer, authorityKey.privateKey);
  return { authority: issued, server: await issueServerCertificate({ ...request, authority: issued }) };
}

export interface ServerCertificateRequest {
  hosts: string[];
  /** ms UTC. */
  notBefore: number;
  notAfter: number;
  /** Who signs it: the one that issueServerIdentity made. */
  authority: IssuedCertificate;
}

/** Makes a further server certificate below an authority, with a key of its own: what a renewal needs. */
export async function issueServerCertificate(request: ServerCertificateRequest): Promise<IssuedCertificate> {
  const { hosts, notBefore, notAfter } = request;
  const issuer = new pkijs.Certificate({ schema: parseAsn1(request.authority.der) });
  const serverKey = await generateKey('RSA-3072');
  const serverDer = await buildCertificate({
    subject: commonNameOnly(hosts[0] ?? 'localhost'),
    issuer: issuer.subject,
    notBefore,
    notAfter,
    publicKey: serverKey.publicKey,
    signingKey: await importPrivateKey(request.authority.privateKeyPkcs8),
    extensions: [
      keyUsage(['digitalSignature', 'keyEncipherment'], true),
      extendedKeyUsage([serverAuthentication, clientAuthentication]),
      alternativeNames(hosts),
      ...(await keyIdentifiers(serverKey.publicKey, await issuer.getPublicKey())),
    ],
  });
  return withKey(serverDer, serverKey.privateKey);
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
