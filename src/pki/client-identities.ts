import type { ClientIdentity, ClientIdentityStep, ClientIdentityTask } from './client-identity-task.ts';
import type { ClientIdentityMessage } from './client-identity-worker.ts';
import { runInWorker, type StartWorker } from './run-in-worker.ts';

/**
 * Makes a client's identity in the worker of `client-identity-worker.ts`, which ends with it.
 * @throws Error when this browser can't make such a key; the signal's reason when it is aborted
 */
export const clientIdentity = (
  start: StartWorker,
  task: ClientIdentityTask,
  onStep: (step: ClientIdentityStep) => void,
  signal?: AbortSignal,
): Promise<ClientIdentity> =>
  runInWorker<ClientIdentity>({
    start,
    task,
    read: (message) => {
      const said = message as ClientIdentityMessage;
      if ('identity' in said) return { answer: said.identity };
      if ('failure' in said) return { error: new Error(said.failure) };
      onStep(said.step);
      return undefined;
    },
    inPage: async () => {
      const { makeClientIdentity } = await import('./client-identity-task.ts');
      return makeClientIdentity(task, onStep);
    },
    signal,
  });
