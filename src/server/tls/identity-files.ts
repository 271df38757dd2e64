import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { CertificateFileError } from '../../pki/certificate-file-error.ts';
import { privateKeyToPem, toPem } from '../../pki/pem.ts';
import type { CryptoPool } from '../crypto/crypto-pool.ts';
import { StartError } from '../start-error.ts';
import { writePrivateFile } from '../store/private-file.ts';
import { serverIdentity, type ServerIdentity } from './server-identity.ts';

/** Where the node keeps its identity: a PFX that is its own or the configured one, and PEM files made from it. */
export class IdentityFiles {
  readonly pfx: string;
  readonly pem: string;
  readonly ca: string;
  readonly #password: string;
  /** The PFX is one of the person's, named in the settings. */
  readonly configured: boolean;
  readonly #authority: string;
  readonly #crypto: CryptoPool;

  constructor(dataDir: string, configuredPath: string | undefined, password: string, crypto: CryptoPool) {
    this.configured = configuredPath !== undefined;
    this.pfx = configuredPath ?? join(dataDir, 'server.pfx');
    this.pem = join(dataDir, 'server.pem');
    this.ca = join(dataDir, 'ca.crt');
    this.#authority = join(dataDir, 'authority.pfx');
    this.#password = this.configured ? password : '';
    this.#crypto = crypto;
  }

  get exists(): boolean {
    return existsSync(this.pfx);
  }

  /** @throws StartError when the PFX can't be read, or opened with the password, or has no key */
  async load(): Promise<ServerIdentity> {
    return this.#read(this.pfx, this.#password);
  }

  /** The node's own certificate authority, or undefined when it has none. */
  async loadAuthority(): Promise<ServerIdentity | undefined> {
    return existsSync(this.#authority) ? this.#read(this.#authority, '') : undefined;
  }

  async #read(path: string, password: string): Promise<ServerIdentity> {
    let bytes: Buffer;
    try {
      bytes = readFileSync(path);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
      throw new StartError(`The server certificate ${path} could not be read (${code}).`);
    }
    try {
      const file = await this.#crypto.readCertificateFile(bytes, password, { withPrivateKey: true });
      const key = file.privateKeyPkcs8;
      const own = file.certificates[file.privateKeyOf ?? -1];
      if (key === undefined || own === undefined)
        throw new StartError(`The server certificate ${path} holds no private key that belongs to its certificate.`);
      const others = file.certificates.filter((certificate) => certificate !== own);
      return serverIdentity([own.der, ...others.map((certificate) => certificate.der)], key);
    } catch (error) {
      if (!(error instanceof CertificateFileError)) throw error;
      throw new StartError(
        error.code === 'passphrase-wrong' || error.code === 'passphrase-required'
          ? `The server certificate ${path} could not be opened: the password (Security.Certificate.Password) is ${error.code === 'passphrase-wrong' ? 'wrong' : 'missing'}.`
          : error.code === 'unreadable-dates'
            ? `The server certificate ${path} can't be used: the dates between which it is valid can't be read.`
            : `The server certificate ${path} is no PFX file that can be read.`,
      );
    }
  }

  /** Writes PFX and PEM of an identity; the file with what a client trusts holds its root, and the node's own authority. */
  async write(identity: ServerIdentity, authority: ServerIdentity | undefined): Promise<void> {
    const certificates = [identity.der, ...identity.chain.map((certificate) => certificate.raw)];
    const { privateKeyPkcs8 } = identity;
    const plan = { certificates, privateKeyPkcs8, passphrase: this.#password, encryption: 'compatible' as const };
    writePrivateFile(this.pfx, await this.#crypto.writePfx(plan));
    this.writePem(identity, authority);
  }

  /** The PEM files alone. */
  writePem(identity: ServerIdentity, authority: ServerIdentity | undefined): void {
    writePrivateFile(this.pem, `${privateKeyToPem(identity.privateKeyPkcs8)}\n${identity.chainPem}`);
    const top = identity.chain[identity.chain.length - 1] ?? new X509Certificate(identity.der);
    const trusted = [...new Set([top.raw, authority?.der].map((der) => der?.toString('base64')))];
    const blocks = trusted.flatMap((text) =>
      text === undefined ? [] : [`${toPem('CERTIFICATE', Buffer.from(text, 'base64'))}\n`],
    );
    writePrivateFile(this.ca, blocks.join(''));
  }

  async writeAuthority(authority: ServerIdentity): Promise<void> {
    const { der, privateKeyPkcs8 } = authority;
    const plan = { certificates: [der], privateKeyPkcs8, passphrase: '', encryption: 'compatible' as const };
    writePrivateFile(this.#authority, await this.#crypto.writePfx(plan));
  }
}
