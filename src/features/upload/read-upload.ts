import { CertificateFileError } from '../../pki/certificate-file-error.ts';
import workerUrl from '../../pki/certificate-file-worker.ts?worker&url';
import { inWorker } from '../../pki/certificate-files.ts';
import type { CertificateFile } from '../../pki/read-certificate-file.ts';
import { startWorker } from '../../ui/start-worker.ts';
import type { ReadFile } from '../../ui/use-locked-file.ts';

/** Reads the certificates of a file, and which of them its private key belongs to; the key itself stays in the worker, and ends with it. */
export const readUpload: ReadFile<CertificateFile> = async (bytes, passphrase, signal, onProgress) => {
  try {
    const task = { kind: 'readWithKey', bytes, passphrase } as const;
    const content = await inWorker(() => startWorker(workerUrl), task, signal, onProgress);
    return { outcome: 'read', content };
  } catch (error) {
    if (!(error instanceof CertificateFileError)) throw error;
    if (error.code === 'passphrase-required') return { outcome: 'locked', wrong: false };
    if (error.code === 'passphrase-wrong') return { outcome: 'locked', wrong: true };
    return { outcome: 'unreadable', problem: error.message };
  }
};

/** A PFX without keys or passphrase, the certificates in the given order. */
export const writeKeylessPfx = (certificates: Uint8Array[]): Promise<Uint8Array> =>
  inWorker(() => startWorker(workerUrl), { kind: 'write', plan: { certificates, encryption: 'compatible' } });
