import type { CertificateFileAnswer, CertificateFileAnswers, CertificateFileTask } from './certificate-file-task.ts';
import { CertificateFileError } from './certificate-file-error.ts';
import type { WorkerAnswer } from './certificate-file-worker.ts';
import { runInWorker, type StartWorker } from './run-in-worker.ts';

/**
 * A task in the worker of `certificate-file-worker.ts`, which ends with it: neither file nor passphrase stay in memory.
 * @param onProgress told what part of a reading is done, 0 to 1
 * @throws CertificateFileError when the file can't be read; the signal's reason when it is aborted
 */
export const inWorker = <Kind extends CertificateFileTask['kind']>(
  start: StartWorker,
  task: CertificateFileTask & { readonly kind: Kind },
  signal?: AbortSignal,
  onProgress?: (done: number) => void,
): Promise<CertificateFileAnswers[Kind]> =>
  runInWorker<CertificateFileAnswer>({
    start,
    task,
    read: (message) => {
      const said = message as WorkerAnswer;
      if ('done' in said) {
        onProgress?.(said.done);
        return undefined;
      }
      return 'answer' in said ? said : { error: new CertificateFileError(said.problem, said.message) };
    },
    inPage: async () => {
      const { doCertificateFileTask } = await import('./certificate-file-task.ts');
      return doCertificateFileTask(task, onProgress);
    },
    signal,
  }) as Promise<CertificateFileAnswers[Kind]>;
