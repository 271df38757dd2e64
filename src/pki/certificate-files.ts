import type { CertificateFileAnswer, CertificateFileTask } from './certificate-file-task.ts';
import { CertificateFileError } from './certificate-file-error.ts';
import type { WorkerAnswer } from './certificate-file-worker.ts';
import type { CertificateFile, ReadOptions } from './read-certificate-file.ts';
import type { PfxPlan } from './write-pfx.ts';

/** Makes the worker of `certificate-file-worker.ts`; throws where workers aren't allowed. */
export type StartWorker = () => Worker;

/** {@link readCertificateFile} in a worker, which ends with it: neither file nor passphrase stay in memory. */
export const readFileInWorker = (
  start: StartWorker,
  bytes: Uint8Array,
  passphrase: string,
  options: ReadOptions = {},
  signal?: AbortSignal,
): Promise<CertificateFile> =>
  run(start, { kind: 'read', bytes, passphrase, options }, signal) as Promise<CertificateFile>;

/** {@link writePfx} in a worker. */
export const writePfxInWorker = (start: StartWorker, plan: PfxPlan, signal?: AbortSignal): Promise<Uint8Array> =>
  run(start, { kind: 'write', plan }, signal) as Promise<Uint8Array>;

/** Where no worker can be had (a host page with another origin or a policy of its own), the page does the work itself. */
async function inPage(task: CertificateFileTask): Promise<CertificateFileAnswer> {
  const { doCertificateFileTask } = await import('./certificate-file-task.ts');
  return doCertificateFileTask(task);
}

function run(start: StartWorker, task: CertificateFileTask, signal?: AbortSignal): Promise<CertificateFileAnswer> {
  let worker: Worker;
  try {
    worker = start();
  } catch {
    return inPage(task);
  }
  return new Promise((resolve, reject) => {
    const end = () => {
      worker.terminate();
      signal?.removeEventListener('abort', abort);
    };
    const abort = () => {
      end();
      reject(signal?.reason as Error);
    };
    if (signal?.aborted === true) {
      abort();
      return;
    }
    signal?.addEventListener('abort', abort);
    worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => {
      end();
      if ('answer' in data) resolve(data.answer);
      else reject(new CertificateFileError(data.problem, data.message));
    };
    // Only a script that couldn't be loaded gets here: what it throws later is answered above.
    worker.onerror = () => {
      end();
      resolve(inPage(task));
    };
    worker.postMessage(task);
  });
}
