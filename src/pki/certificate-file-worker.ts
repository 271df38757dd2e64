import { CertificateFileError, type CertificateFileProblem } from './certificate-file-error.ts';
import {
  type CertificateFileAnswer,
  type CertificateFileTask,
  doCertificateFileTask,
} from './certificate-file-task.ts';

/** What the worker answers: errors lose their class on the way, so their parts go instead. */
export type WorkerAnswer =
  | { readonly done: number }
  | { readonly answer: CertificateFileAnswer }
  | { readonly problem: CertificateFileProblem; readonly message: string };

const say = (message: WorkerAnswer) => globalThis.postMessage(message);

/** The script of the worker: one task, its progress, one answer. Whoever started it ends it, and with it all that it held. */
globalThis.addEventListener('message', (event) => {
  const task = (event as MessageEvent<CertificateFileTask>).data;
  doCertificateFileTask(task, (done) => say({ done })).then(
    (answer) => say({ answer }),
    (error: unknown) => {
      const known = error instanceof CertificateFileError;
      say({
        problem: known ? error.code : 'not-a-certificate',
        message: known ? error.message : 'The file could not be read.',
      });
    },
  );
});
