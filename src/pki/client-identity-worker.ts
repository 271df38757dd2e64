import {
  type ClientIdentity,
  type ClientIdentityStep,
  type ClientIdentityTask,
  makeClientIdentity,
} from './client-identity-task.ts';

export type ClientIdentityMessage =
  | { readonly step: ClientIdentityStep }
  | { readonly identity: ClientIdentity }
  | { readonly failure: string };

const say = (message: ClientIdentityMessage) => globalThis.postMessage(message);

/** The script of the worker: one task, its steps, one answer. Whoever started it ends it, and with it all that it held. */
globalThis.addEventListener('message', (event) => {
  makeClientIdentity((event as MessageEvent<ClientIdentityTask>).data, (step) => say({ step })).then(
    (identity) => say({ identity }),
    (error: unknown) => say({ failure: error instanceof Error ? error.message : '' }),
  );
});
