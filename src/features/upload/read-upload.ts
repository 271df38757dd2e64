import { CertificateFileError } from '../../pki/certificate-file-error.ts';
import workerUrl from '../../pki/certificate-file-worker.ts?worker&url';
import { inWorker } from '../../pki/certificate-files.ts';
import type { CertificateFile } from '../../pki/read-certificate-file.ts';
import { startWorker } from '../../ui/start-worker.ts';
import type { FileReading } from '../../ui/use-locked-file.ts';

/** Reads the certificates of a file. A private key in it is noticed, and not even decrypted. */
export async function readUpload(
  bytes: Uint8Array,
  passphrase: string,
  signal: AbortSignal,
): Promise<FileReading<CertificateFile>> {
  try {
    const content = await inWorker(() => startWorker(workerUrl), { kind: 'read', bytes, passphrase }, signal);
    return { outcome: 'read', content };
  } catch (error) {
    if (!(error instanceof CertificateFileError)) throw error;
    if (error.code === 'passphrase-required') return { outcome: 'locked', wrong: false };
    if (error.code === 'passphrase-wrong') return { outcome: 'locked', wrong: true };
    return { outcome: 'unreadable', problem: error.message };
  }
}

/** A PFX without keys or passphrase, the certificates in the given order. */
export const writeKeylessPfx = (certificates: Uint8Array[]): Promise<Uint8Array> =>
  inWorker(() => startWorker(workerUrl), { kind: 'write', plan: { certificates, encryption: 'compatible' } });
