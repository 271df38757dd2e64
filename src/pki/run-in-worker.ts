/** Starts a worker with a script of ours; throws where workers aren't allowed. */
export type StartWorker = () => Worker;

export interface WorkerRun<Answer> {
  readonly start: StartWorker;
  /** What the worker is sent. */
  readonly task: unknown;
  /** Reads one message of the worker's: undefined when more is to come. */
  readonly read: (message: unknown) => { readonly answer: Answer } | { readonly error: Error } | undefined;
  /** The same work where no worker can be had: a host page with another origin or a policy of its own. */
  readonly inPage: () => Promise<Answer>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * One task in a worker of its own, which ends with it: nothing that it was given stays in memory.
 * @throws what `read` and `inPage` say; the signal's reason when it is aborted
 */
export async function runInWorker<Answer>({ start, task, read, inPage, signal }: WorkerRun<Answer>): Promise<Answer> {
  signal?.throwIfAborted();
  let worker: Worker;
  try {
    worker = start();
  } catch {
    return inPage();
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
    signal?.addEventListener('abort', abort);
    worker.onmessage = ({ data }: MessageEvent<unknown>) => {
      const said = read(data);
      if (said === undefined) return;
      end();
      if ('answer' in said) resolve(said.answer);
      else reject(said.error);
    };
    // Only a script that couldn't be loaded gets here: what it throws later is answered above.
    worker.onerror = () => {
      end();
      resolve(inPage());
    };
    worker.postMessage(task);
  });
}
