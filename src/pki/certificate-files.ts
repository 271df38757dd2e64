import type { CertificateFileAnswer, CertificateFileAnswers, CertificateFileTask } from './certificate-file-task.ts';
import { CertificateFileError } from './certificate-file-error.ts';
import type { WorkerAnswer } from './certificate-file-worker.ts';

/** Makes the worker of `certificate-file-worker.ts`; throws where workers aren't allowed. */
export type StartWorker = () => Worker;

/**
 * A task in a worker, which ends with it: neither file nor passphrase stay in memory.
 * @throws CertificateFileError when the file can't be read; the signal's reason when it is aborted
 */
export const inWorker = <Kind extends CertificateFileTask['kind']>(
  start: StartWorker,
  task: CertificateFileTask & { readonly kind: Kind },
  signal?: AbortSignal,
): Promise<CertificateFileAnswers[Kind]> => run(start, task, signal) as Promise<CertificateFileAnswers[Kind]>;

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
