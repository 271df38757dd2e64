import type { Mutation } from '@tanstack/react-query';
import { certificatesKey } from '../queries/certificates.ts';

/** By the second part of a mutation's key. */
const kinds = {
  generate: 'generated',
  upload: 'uploaded',
  edit: 'edited',
  delete: 'deleted',
} as const;

/** What was done, in the past tense. */
export type ConsoleEventType =
  | (typeof kinds)[keyof typeof kinds]
  | 'enabled'
  | 'disabled'
  | 'serverCertificateReplaced'
  | 'serverCertificateRenewed'
  | 'twoFactorSessionOpened'
  | 'twoFactorSessionEnded';

/**
 * Something that was done, for the host to log or count. It names certificates by thumbprint; keys, passphrases and codes have no field
 * here. `thumbprint` is null where the server's answer doesn't tell it.
 */
export interface ConsoleEvent {
  readonly type: ConsoleEventType;
  readonly thumbprint: string | null;
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

const isThumbprint = (value: unknown): value is string => typeof value === 'string' && /^[0-9A-F]{40}$/i.test(value);

/** Variables and data of mutations may hold secrets: nothing but what has a thumbprint's form is taken out of them. */
function thumbprintOf(kind: string, variables: unknown, data: unknown, meta: unknown): string | null {
  const found =
    { generate: data, delete: variables }[kind] ?? field(variables, 'thumbprint') ?? field(meta, 'thumbprint');
  return isThumbprint(found) ? found.toUpperCase() : null;
}

/** What a mutation that succeeded did; nothing for one that the host needn't know. */
export function eventOf({ options, state }: Mutation<unknown, unknown>): ConsoleEvent | undefined {
  const [room, kind, what] = options.mutationKey ?? [];
  if (room !== certificatesKey[0] || typeof kind !== 'string') return undefined;
  const { variables, data } = state;
  const thumbprint = thumbprintOf(kind, variables, data, options.meta);
  if (kind === 'switch') return { type: field(variables, 'disabled') === true ? 'disabled' : 'enabled', thumbprint };
  if (kind === 'server' && what === 'replace') return { type: 'serverCertificateReplaced', thumbprint: null };
  if (kind === 'server' && what === 'renew') return { type: 'serverCertificateRenewed', thumbprint: null };
  if (kind === 'two-factor-session')
    return { type: what === 'open' ? 'twoFactorSessionOpened' : 'twoFactorSessionEnded', thumbprint: null };
  // A save that somebody else's change kept back wrote nothing.
  if (kind === 'edit' && field(data, 'kind') !== undefined && field(data, 'kind') !== 'saved') return undefined;
  const type = Object.hasOwn(kinds, kind) ? kinds[kind as keyof typeof kinds] : undefined;
  return type === undefined ? undefined : { type, thumbprint };
}
