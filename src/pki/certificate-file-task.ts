import type { OwnedBytes } from './bytes.ts';
import { type CertificateFile, type ReadOptions, readCertificateFile } from './read-certificate-file.ts';
import { type PfxPlan, writePfx } from './write-pfx.ts';

/** Work on certificate files that is worth a thread of its own: key derivation, old ciphers, hundreds of certificates. */
export type CertificateFileTask =
  | { readonly kind: 'read'; readonly bytes: Uint8Array; readonly passphrase: string; readonly options: ReadOptions }
  | { readonly kind: 'write'; readonly plan: PfxPlan };

export type CertificateFileAnswer = CertificateFile | OwnedBytes | Uint8Array;

/** Does the task where it is called. @throws CertificateFileError when reading */
export function doCertificateFileTask(task: CertificateFileTask): Promise<CertificateFileAnswer> {
  return task.kind === 'read' ? readCertificateFile(task.bytes, task.passphrase, task.options) : writePfx(task.plan);
}
