import { Worker } from 'node:worker_threads';
import { CertificateFileError } from '../../pki/certificate-file-error.ts';
import type { CryptoAnswer, CryptoJobName, CryptoJobs, CryptoRequest } from './crypto-jobs.ts';

/** A job that could not be done for a reason that isn't in the file: its time is over, the worker died, the pool is closed. */
export class CryptoJobError extends Error {
  override readonly name = 'CryptoJobError';
}

export type CryptoPool = CryptoJobs & {
  /** Ends the workers; what still runs or waits is rejected. */
  close(): Promise<void>;
};

export interface CryptoPoolOptions {
  /** Limit of one job in ms, waiting in the queue not counted. Default: by job, see `timeLimits`. */
  timeLimit?: number;
  /** Where the worker's code is. Default: beside this module. */
  workerUrl?: URL;
}

/** ms. Making an RSA-4096 key takes 0.3 to 5 s on one core, at times much longer: the search for primes is a matter of luck. */
const timeLimits: Record<CryptoJobName, number> = {
  generateClientCertificate: 120_000,
  generateServerIdentity: 120_000,
  readCertificateFile: 20_000,
  readPfxAsRavenDb: 120_000,
  writePfx: 20_000,
};
const jobTitles: Record<CryptoJobName, string> = {
  generateClientCertificate: 'Generating a client certificate',
  generateServerIdentity: 'Generating a server certificate',
  readCertificateFile: 'Reading a certificate file',
  readPfxAsRavenDb: 'Reading a certificate file',
  writePfx: 'Writing a PFX file',
};
const makesKeys: ReadonlySet<CryptoJobName> = new Set(['generateClientCertificate', 'generateServerIdentity']);

/** More would only slow each other down; the rest waits. */
const MAX_KEY_JOBS = 2;
/** One worker more than key jobs, so that an upload never waits for somebody's new key. */
const MAX_WORKERS = MAX_KEY_JOBS + 1;
const MAX_WAITING = 1000;
const MAX_WORKER_HEAP_MB = 512;

interface Job {
  name: CryptoJobName;
  args: unknown[];
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

/**
 * Worker threads for key generation, PKCS#12 and files from outside, so that the event loop stays free. No worker runs
 * before the first job. Errors: CertificateFileError as the function itself throws it, CryptoJobError for the rest; neither
 * holds keys, passphrases or bytes of a file.
 */
export function createCryptoPool(options: CryptoPoolOptions = {}): CryptoPool {
  const waiting: Job[] = [];
  const idle: Worker[] = [];
  const running = new Map<Worker, Job>();
  const ending = new Set<Promise<unknown>>();
  let closed = false;

  function submit(name: CryptoJobName, args: unknown[]): Promise<unknown> {
    const refuse = (reason: string) => Promise.reject(new CryptoJobError(`${jobTitles[name]} failed: ${reason}.`));
    if (closed) return refuse('the server is shutting down');
    if (waiting.length >= MAX_WAITING) return refuse('too many such jobs are waiting; try again later');
    return new Promise((resolve, reject) => {
      waiting.push({ name, args, resolve, reject });
      startWaiting();
    });
  }

  function startWaiting(): void {
    while (running.size < MAX_WORKERS) {
      const keyJobs = [...running.values()].filter(({ name }) => makesKeys.has(name)).length;
      const next = waiting.findIndex(({ name }) => keyJobs < MAX_KEY_JOBS || !makesKeys.has(name));
      const [job] = next < 0 ? [] : waiting.splice(next, 1);
      if (!job) return;
      run(idle.pop() ?? startWorker(), job);
    }
  }

  function run(worker: Worker, job: Job): void {
    running.set(worker, job);
    worker.ref();
    const limit = options.timeLimit ?? timeLimits[job.name];
    const timer = setTimeout(() => drop(`it took longer than ${Math.ceil(limit / 1000)} s`), limit);
    const onExit = () => drop('its worker ended unexpectedly');
    worker.once('message', onMessage);
    // An 'error' (out of memory, for one) is always followed by 'exit'.
    worker.once('exit', onExit);
    worker.postMessage({ name: job.name, args: job.args } satisfies CryptoRequest);

    function onMessage(answer: CryptoAnswer): void {
      settle();
      worker.unref();
      idle.push(worker);
      deliver(job, answer);
      startWaiting();
    }
    function drop(reason: string): void {
      settle();
      end(worker);
      job.reject(new CryptoJobError(`${jobTitles[job.name]} failed: ${reason}.`));
      startWaiting();
    }
    function settle(): void {
      clearTimeout(timer);
      worker.off('message', onMessage);
      worker.off('exit', onExit);
      running.delete(worker);
    }
  }

  function startWorker(): Worker {
    const worker = new Worker(options.workerUrl ?? workerUrl(), {
      resourceLimits: { maxOldGenerationSizeMb: MAX_WORKER_HEAP_MB },
    });
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      const at = idle.indexOf(worker);
      if (at >= 0) idle.splice(at, 1);
    });
    return worker;
  }

  function end(worker: Worker): void {
    const ended = worker.terminate().finally(() => ending.delete(ended));
    ending.add(ended);
  }

  async function close(): Promise<void> {
    closed = true;
    const stopped = (job: Job) =>
      new CryptoJobError(`${jobTitles[job.name]} was cut off: the server is shutting down.`);
    for (const job of waiting.splice(0)) job.reject(stopped(job));
    for (const [worker, job] of running) {
      worker.removeAllListeners('exit');
      job.reject(stopped(job));
      end(worker);
    }
    running.clear();
    for (const worker of idle.splice(0)) end(worker);
    await Promise.all(ending);
  }

  const jobOf =
    <Name extends CryptoJobName>(name: Name) =>
    (...args: Parameters<CryptoJobs[Name]>) =>
      submit(name, args) as ReturnType<CryptoJobs[Name]>;
  return {
    generateClientCertificate: jobOf('generateClientCertificate'),
    generateServerIdentity: jobOf('generateServerIdentity'),
    readCertificateFile: jobOf('readCertificateFile'),
    readPfxAsRavenDb: jobOf('readPfxAsRavenDb'),
    writePfx: jobOf('writePfx'),
    close,
  };
}

function deliver(job: Job, answer: CryptoAnswer): void {
  if ('result' in answer) job.resolve(answer.result);
  else if ('failure' in answer) job.reject(new CryptoJobError(`${jobTitles[job.name]} failed: ${answer.failure}`));
  else job.reject(new CertificateFileError(answer.fileError.code, answer.fileError.message));
}

/** The build puts crypto-worker.mjs beside this module's bundle; from the sources (specs) it is built before they run. */
function workerUrl(): URL {
  const fromSource = import.meta.url.endsWith('.ts');
  return new URL(fromSource ? './crypto-worker-from-source.mjs' : './crypto-worker.mjs', import.meta.url);
}
