import { CertificateFileError } from '../../pki/certificate-file-error.ts';
import type { CertificateFileTask } from '../../pki/certificate-file-task.ts';
import workerUrl from '../../pki/certificate-file-worker.ts?worker&url';
import { inWorker } from '../../pki/certificate-files.ts';
import type { CertificateFile } from '../../pki/read-certificate-file.ts';
import { startWorker } from '../../ui/start-worker.ts';
import type { FileReading, ReadFile } from '../../ui/use-locked-file.ts';

const start = () => startWorker(workerUrl);

async function reading(
  task: CertificateFileTask & { readonly kind: 'read' | 'readWithKey' },
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<FileReading<CertificateFile>> {
  try {
    return { outcome: 'read', content: await inWorker(start, task, signal, onProgress) };
  } catch (error) {
    if (!(error instanceof CertificateFileError)) throw error;
    if (error.code === 'passphrase-required') return { outcome: 'locked', wrong: false };
    if (error.code === 'passphrase-wrong') return { outcome: 'locked', wrong: true };
    return { outcome: 'unreadable', problem: error.message };
  }
}

/** A server's exported certificates. */
export const readPublicFile: ReadFile<CertificateFile> = (bytes, passphrase, signal, onProgress) =>
  reading({ kind: 'read', bytes, passphrase }, signal, onProgress);

/** A certificate with its key, which has to be opened to see whether it can be. */
export const readKeyFile: ReadFile<CertificateFile> = (bytes, passphrase, signal, onProgress) =>
  reading({ kind: 'readWithKey', bytes, passphrase }, signal, onProgress);

/** What RavenDB's export holds; nothing in it is secret. */
export const readExport = async (pfx: Blob, signal?: AbortSignal): Promise<CertificateFile['certificates']> => {
  const bytes = new Uint8Array(await pfx.arrayBuffer());
  if (bytes.length === 0) return [];
  return (await inWorker(start, { kind: 'read', bytes, passphrase: '' }, signal)).certificates;
};

/** The file as RavenDB takes it, whatever it was: PKCS#12 without passphrase, the key's certificate first. */
export const toServerPfx = (bytes: Uint8Array, passphrase: string): Promise<Uint8Array> =>
  inWorker(start, { kind: 'toPfx', bytes, passphrase });
