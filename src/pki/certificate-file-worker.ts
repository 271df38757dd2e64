import { CertificateFileError, type CertificateFileProblem } from './certificate-file-error.ts';
import {
  type CertificateFileAnswer,
  type CertificateFileTask,
  doCertificateFileTask,
} from './certificate-file-task.ts';

/** What the worker answers: errors lose their class on the way, so their parts go instead. */
export type WorkerAnswer =
  | { readonly answer: CertificateFileAnswer }
  | { readonly problem: CertificateFileProblem; readonly message: string };

/** The script of the worker: one task, one answer. Whoever started it ends it, and with it all that it held. */
globalThis.addEventListener('message', (event) => {
  const task = (event as MessageEvent<CertificateFileTask>).data;
  doCertificateFileTask(task).then(
    (answer) => globalThis.postMessage({ answer } satisfies WorkerAnswer),
    (error: unknown) => {
      const known = error instanceof CertificateFileError;
      globalThis.postMessage({
        problem: known ? error.code : 'not-a-certificate',
        message: known ? error.message : 'The file could not be read.',
      } satisfies WorkerAnswer);
    },
  );
});
