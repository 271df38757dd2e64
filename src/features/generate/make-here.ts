import { clientIdentity } from '../../pki/client-identities.ts';
import type { ClientIdentity, ClientIdentityStep, ClientIdentityTask } from '../../pki/client-identity-task.ts';
import workerUrl from '../../pki/client-identity-worker.ts?worker&url';
import type { IssuedCertificate } from '../../pki/issue-certificate.ts';
import { startWorker } from '../../ui/start-worker.ts';
import type { HereOrder } from './here-order.ts';

/** A key that was made and isn't registered yet. */
export interface Made {
  readonly request: ClientIdentityTask['request'];
  readonly issued: IssuedCertificate;
}

/** Makes what was ordered; a key that was made for the very same certificate is used again. */
export function makeHere(
  { task }: HereOrder,
  before: Made | undefined,
  onStep: (step: ClientIdentityStep) => void,
  signal: AbortSignal,
): Promise<ClientIdentity> {
  const same = before !== undefined && JSON.stringify(before.request) === JSON.stringify(task.request);
  return clientIdentity(() => startWorker(workerUrl), { ...task, made: same ? before.issued : null }, onStep, signal);
}
