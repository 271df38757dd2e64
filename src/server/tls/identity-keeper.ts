import type { X509Certificate } from 'node:crypto';
import { issueServerCertificate } from '../../pki/issue-certificate.ts';
import type { CryptoPool } from '../crypto/crypto-pool.ts';
import type { IdentityFiles } from './identity-files.ts';
import { serverIdentity, type ServerIdentity } from './server-identity.ts';

const day = 86_400_000;
/** How long the server certificates of the node's own authority last. */
const serverDays = 365;
const authorityDays = 3650;
/** Days before the end that a certificate of the own authority is renewed. */
export const renewalDays = 30;

export interface IdentityKeeperOptions {
  readonly files: IdentityFiles;
  readonly crypto: CryptoPool;
  /** What the certificates of the own authority are made out to; the first is their common name. */
  readonly hosts: readonly string[];
}

/** The server certificate in use, the authority behind it, and the files of both. */
export class IdentityKeeper {
  readonly files: IdentityFiles;
  readonly #options: IdentityKeeperOptions;
  #current: ServerIdentity;
  #authority: ServerIdentity | undefined;
  #onSwap: (identity: ServerIdentity) => void = () => undefined;

  constructor(options: IdentityKeeperOptions, current: ServerIdentity, authority: ServerIdentity | undefined) {
    this.files = options.files;
    this.#options = options;
    this.#current = current;
    this.#authority = authority;
  }

  /**
   * Loads the identity, or makes one together with an authority when there is none and none is configured.
   * @throws StartError when there is one that can't be used
   */
  static async open(options: IdentityKeeperOptions): Promise<IdentityKeeper> {
    const { files, crypto, hosts } = options;
    if (files.configured || files.exists) {
      const current = await files.load();
      const authority = await files.loadAuthority();
      files.writePem(current, authority);
      return new IdentityKeeper(options, current, authority);
    }
    const notBefore = startOfToday() - day;
    const made = await crypto.generateServerIdentity({
      hosts: [...hosts],
      authorityName: 'Raven Certificates node authority',
      notBefore,
      notAfter: notBefore + serverDays * day,
      authorityNotAfter: notBefore + authorityDays * day,
    });
    const authority = serverIdentity([made.authority.der], made.authority.privateKeyPkcs8);
    const current = serverIdentity([made.server.der, made.authority.der], made.server.privateKeyPkcs8);
    await files.writeAuthority(authority);
    await files.write(current, authority);
    return new IdentityKeeper(options, current, authority);
  }

  get current(): ServerIdentity {
    return this.#current;
  }

  get authority(): ServerIdentity | undefined {
    return this.#authority;
  }

  /** Is the certificate in use one of the node's own authority, which can renew it? */
  get managed(): boolean {
    const { authority, current } = { authority: this.#authority, current: this.#current };
    return (
      authority !== undefined &&
      current.x509.checkIssued(authority.x509) &&
      current.x509.verify(authority.x509.publicKey)
    );
  }

  /** What the listener does when another certificate is to be shown. */
  onSwap(swap: (identity: ServerIdentity) => void): void {
    this.#onSwap = swap;
  }

  /** Writes the files and shows the identity to new connections from now on. Throws when the files can't be written. */
  async replace(identity: ServerIdentity): Promise<void> {
    await this.files.write(identity, this.#authority);
    this.#current = identity;
    this.#onSwap(identity);
  }

  /** Takes over what somebody else wrote to the PFX file; true when it was another certificate. */
  async reload(): Promise<boolean> {
    const identity = await this.files.load();
    if (identity.thumbprint === this.#current.thumbprint) return false;
    this.files.writePem(identity, this.#authority);
    this.#current = identity;
    this.#onSwap(identity);
    return true;
  }

  /** A fresh certificate of the own authority, not yet in use. Throws when there is no authority. */
  async issueNext(): Promise<ServerIdentity> {
    const authority = this.#authority;
    if (authority === undefined) throw new Error('This node has no authority of its own.');
    const notBefore = startOfToday() - day;
    const issued = await issueServerCertificate({
      hosts: [...this.#options.hosts],
      notBefore,
      notAfter: Math.min(notBefore + serverDays * day, authority.notAfter),
      authority: { der: authority.der, privateKeyPkcs8: authority.privateKeyPkcs8 },
    });
    return serverIdentity([issued.der, authority.der], issued.privateKeyPkcs8);
  }

  /** The authorities that this node knows. */
  get issuers(): readonly X509Certificate[] {
    return this.#authority === undefined ? [] : [this.#authority.x509];
  }
}

function startOfToday(): number {
  return Math.floor(Date.now() / day) * day;
}
