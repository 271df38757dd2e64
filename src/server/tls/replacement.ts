import { cryptographicError, invalidOperationError } from '../http/raven-exception.ts';
import { blankDefinition, clearance, usage, type Definition } from '../certificates/definition.ts';
import type { CertificateTable } from '../certificates/certificate-table.ts';
import type { Cluster } from '../cluster.ts';
import type { History } from '../history/history.ts';
import type { Store, Transaction } from '../store/store.ts';
import type { IdentityKeeper } from './identity-keeper.ts';
import { serverIdentity, type ServerIdentity } from './server-identity.ts';

/** A replacement of the server certificate under way, as it is kept on disk. */
interface StoredReplacement {
  readonly thumbprint: string;
  readonly oldThumbprint: string;
  readonly immediately: boolean;
  readonly confirmations: number;
  readonly replaced: number;
  /** Base64 DER, the new certificate first. */
  readonly certificates: readonly string[];
  /** Base64 PKCS#8; the store's files are the owner's alone. */
  readonly key: string;
  readonly by: string | null;
  readonly byName: string | null;
}

export interface ReplacementOptions {
  readonly store: Store;
  readonly certificates: CertificateTable;
  readonly cluster: Cluster;
  readonly history: History;
  readonly identity: IdentityKeeper;
  readonly log: (line: string) => void;
}

const newName = 'Server Certificate';
const oldName = 'Old Server Certificate - can delete';

/**
 * Replaces the server certificate as a RavenDB cluster of one node does: both certificates are registered as nodes, the new one is
 * confirmed, written and shown to new connections, then the temporary entries go. One that isn't valid yet waits.
 */
export class Replacement {
  readonly #options: ReplacementOptions;
  #running: Promise<void> = Promise.resolve();

  constructor(options: ReplacementOptions) {
    this.#options = options;
  }

  get #stored(): StoredReplacement | undefined {
    // Written by this class only.
    return this.#options.store.get('meta', 'replacement') as StoredReplacement | undefined;
  }

  /** For the status route; undefined when nothing is under way. */
  get status() {
    const stored = this.#stored;
    if (stored === undefined) return undefined;
    return {
      Confirmations: stored.confirmations,
      Thumbprint: stored.thumbprint,
      OldThumbprint: stored.oldThumbprint,
      ReplaceImmediately: stored.immediately,
      Replaced: stored.replaced,
    };
  }

  /** Registers the replacement and sets it going; nothing happens when the certificate is the one in use. */
  async start(
    identity: ServerIdentity,
    immediately: boolean,
    who: { by: string | null; byName: string | null },
  ): Promise<void> {
    const { store, certificates, cluster, identity: keeper } = this.#options;
    const { current } = keeper;
    if (identity.thumbprint === current.thumbprint) return;
    await store.write((transaction) => {
      cluster.next(transaction);
      certificates.put(transaction, nodeDefinition(current, oldName), current.der);
      certificates.put(transaction, nodeDefinition(identity, newName), identity.der);
      const stored: StoredReplacement = {
        thumbprint: identity.thumbprint,
        oldThumbprint: current.thumbprint,
        immediately,
        confirmations: 0,
        replaced: 0,
        certificates: [identity.der, ...identity.chain.map((c) => c.raw)].map((der) =>
          Buffer.from(der).toString('base64'),
        ),
        key: Buffer.from(identity.privateKeyPkcs8).toString('base64'),
        ...who,
      };
      transaction.put('meta', 'replacement', stored);
    });
    this.proceed();
  }

  /** Goes on with what is under way, as far as it can: after a start, a restart, and from time to time. */
  proceed(): void {
    this.#running = this.#running
      .then(() => this.#proceed())
      .catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        this.#options.log(`The server certificate could not be replaced: ${why}. It is tried again later.`);
      });
  }

  /** Resolves when nothing is being done. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #proceed(): Promise<void> {
    const stored = this.#stored;
    if (stored === undefined) return;
    const { store, certificates, identity: keeper, history, cluster, log } = this.#options;
    const identity = serverIdentity(
      stored.certificates.map((text) => Buffer.from(text, 'base64')),
      Buffer.from(stored.key, 'base64'),
    );
    if (identity.notBefore > Date.now()) return;
    await store.write((transaction) => transaction.put('meta', 'replacement', { ...stored, confirmations: 1 }));
    // The admin may have given it up meanwhile.
    if (this.#stored?.thumbprint !== stored.thumbprint) return;
    if (keeper.current.thumbprint !== identity.thumbprint) await keeper.replace(identity);
    await store.write((transaction) => {
      cluster.next(transaction);
      removeNode(certificates, transaction, stored.oldThumbprint);
      removeNode(certificates, transaction, stored.thumbprint);
      transaction.remove('meta', 'replacement');
      const { by, byName, thumbprint, oldThumbprint } = stored;
      const changes = [`Replaces ${oldThumbprint}`];
      history.append(transaction, { action: 'ReplaceServer', thumbprint, name: newName, by, byName, changes });
    });
    log(
      `The server certificate was replaced: ${identity.thumbprint}, valid until ${new Date(identity.notAfter).toISOString().slice(0, 10)}.`,
    );
  }

  /** Gives up what is under way; the entry of the new certificate stays, as on RavenDB. */
  async reset(): Promise<void> {
    if (this.#stored === undefined) return;
    await this.#options.store.write((transaction) => transaction.remove('meta', 'replacement'));
  }
}

function removeNode(certificates: CertificateTable, transaction: Transaction, thumbprint: string): void {
  const definition = certificates.get(thumbprint)?.definition;
  // An entry that somebody made by hand under that thumbprint isn't ours to remove.
  if (definition?.name === oldName || definition?.name === newName) certificates.remove(transaction, thumbprint);
}

function nodeDefinition(identity: ServerIdentity, name: string): Definition {
  const { thumbprint, notAfter, notBefore, pinningHash } = identity;
  return {
    ...blankDefinition,
    name,
    thumbprint,
    notAfter,
    notBefore,
    pinningHash,
    clearance: clearance.clusterNode,
    usage: usage.ravenServer,
  };
}

/** RavenDB asks for both of a server certificate. */
const serverKeyUsage = 'digitalSignature';
const serverPurpose = '1.3.6.1.5.5.7.3.1';

/**
 * Can the certificate be a server's?
 * @param usages what is written in it
 * @throws InvalidOperationException when it has expired, CryptographicException when a key usage is missing
 */
export function validateServerCertificate(
  { thumbprint, notAfter, subject }: ServerIdentity,
  usages: { readonly keyUsages: readonly string[]; readonly extendedKeyUsages: readonly string[] },
  checkKeyUsages: boolean,
): void {
  if (notAfter < Date.now())
    throw invalidOperationError(
      `The provided certificate '${subject}' is expired! Thumbprint: ${thumbprint}, Expired on: ${new Date(notAfter).toISOString()}`,
    );
  if (!checkKeyUsages) return;
  const missing = [
    ...(usages.keyUsages.includes(serverKeyUsage) ? [] : ['Key Usage: DigitalSignature']),
    ...(usages.extendedKeyUsages.includes(serverPurpose)
      ? []
      : [`Enhanced Key Usage: Server Authentication (Oid ${serverPurpose})`]),
  ];
  if (missing.length > 0)
    throw cryptographicError(`Server certificate '${subject}' must be defined with: ${missing.join(', ')}`);
}
