import { CertificateFileError } from './certificate-file-error.ts';
import { type CertificateFile, readCertificateFile } from './read-certificate-file.ts';
import { type PfxPlan, writePfx } from './write-pfx.ts';

interface FileAndPassphrase {
  readonly bytes: Uint8Array;
  /** Left out: nobody was asked yet. */
  readonly passphrase?: string | undefined;
}

/** Work on certificate files that is worth a thread of its own: key derivation, old ciphers, hundreds of certificates. */
export type CertificateFileTask =
  /** The certificates; a private key isn't even decrypted. */
  | ({ readonly kind: 'read' } & FileAndPassphrase)
  /** The certificates, and to which of them the private key belongs; the key itself is not handed out. */
  | ({ readonly kind: 'readWithKey' } & FileAndPassphrase)
  /** The same file as a PFX without passphrase: the key's certificate first, then the others. */
  | ({ readonly kind: 'toPfx' } & FileAndPassphrase)
  | { readonly kind: 'write'; readonly plan: PfxPlan };

export interface CertificateFileAnswers {
  read: CertificateFile;
  readWithKey: CertificateFile;
  toPfx: Uint8Array;
  write: Uint8Array;
}
export type CertificateFileAnswer = CertificateFileAnswers[keyof CertificateFileAnswers];

/**
 * Does the task where it is called.
 * @param onProgress told what part of a reading is done, 0 to 1
 * @throws CertificateFileError when the file can't be read
 */
export async function doCertificateFileTask(
  task: CertificateFileTask,
  onProgress?: (done: number) => void,
): Promise<CertificateFileAnswer> {
  if (task.kind === 'write') return writePfx(task.plan);
  const withPrivateKey = task.kind !== 'read';
  const progress = onProgress === undefined ? {} : { onProgress };
  const file = await readCertificateFile(task.bytes, task.passphrase, { withPrivateKey, ...progress });
  const { privateKeyPkcs8, ...rest } = file;
  if (task.kind !== 'toPfx') return rest;
  const own = file.certificates[file.privateKeyOf ?? -1];
  if (privateKeyPkcs8 === undefined || own === undefined)
    throw new CertificateFileError('no-certificate', 'The file holds no private key that belongs to its certificate.');
  const others = file.certificates.filter((certificate) => certificate !== own);
  return writePfx({
    certificates: [own, ...others].map(({ der }) => der),
    privateKeyPkcs8,
    encryption: 'compatible',
  });
}
