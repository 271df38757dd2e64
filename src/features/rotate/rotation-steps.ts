import { lacks } from '../../domain/capabilities.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';

export type StepName = 'issue' | 'handOver' | 'disable' | 'delete';

/** `needless`: there is nothing to do, and `reason` says why. */
export interface StepState {
  readonly state: 'done' | 'now' | 'later' | 'needless';
  readonly reason?: string;
}

/** What the server says of the two certificates. */
export interface Rotation {
  /** Null: it isn't registered any more. */
  readonly old: CertificateEntry | null;
  /** Whether the new one is registered. */
  readonly issued: boolean;
  /** Whether the new one was seen in use, or somebody says that it is. */
  readonly used: boolean;
  /** Whether this server can disable certificates. */
  readonly canDisable: boolean;
  /** Whether the host of the console shows disabling at all. */
  readonly offersDisable: boolean;
  /** Milliseconds UTC. */
  readonly now: number;
}

/** Why the old one isn't disabled before it is deleted; null when it can be. */
function needlessDisable({ old, offersDisable, canDisable, now }: Rotation): string | null {
  if (old === null || old.disabled) return null;
  if (old.notAfter !== null && old.notAfter < now)
    return 'It has expired: nobody gets in with it any more, and RavenDB doesn’t let expired certificates be changed.';
  if (old.thumbprints.length > 1)
    return `It is a collection of ${String(old.thumbprints.length)} certificates: RavenDB takes one apart when it is disabled, so it is deleted as a whole.`;
  if (!canDisable) return lacks.disable;
  return offersDisable ? null : 'Disabling isn’t part of this console.';
}

/** How far a rotation has come. Nothing of it is kept anywhere: it follows from what the server has. */
export function rotationSteps(rotation: Rotation): Readonly<Record<StepName, StepState>> {
  const { old, issued, used } = rotation;
  const needless = needlessDisable(rotation);
  const deleted = old === null;
  const done = {
    issue: issued,
    handOver: used,
    disable: deleted || old.disabled === true,
    delete: deleted,
  };
  const passed = {
    ...done,
    // Somebody who has disabled the old one needn't wait to delete it; when it is gone, the first use is all that is left.
    handOver: used || (issued && old?.disabled === true),
    disable: done.disable || needless !== null,
  };
  const order = ['issue', 'handOver', 'disable', 'delete'] as const;
  const current = order.find((name) => !passed[name]);
  const stateOf = (name: StepName): StepState => {
    if (done[name]) return { state: 'done' };
    if (name === 'disable' && needless !== null && issued) return { state: 'needless', reason: needless };
    return { state: name === current ? 'now' : 'later' };
  };
  return {
    issue: stateOf('issue'),
    handOver: stateOf('handOver'),
    disable: stateOf('disable'),
    delete: stateOf('delete'),
  };
}
