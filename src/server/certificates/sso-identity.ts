import type { SsoIdentifier } from './definition.ts';

/** `Windows`, the only provider with domains. */
const windows = 3;

/** Do both name the same person? Identifier and domain in any case; the domain counts for Windows only. */
export function sameIdentity(a: SsoIdentifier, b: SsoIdentifier): boolean {
  const lower = (text: string | null) => (text ?? '').toLowerCase();
  return (
    a.provider === b.provider &&
    lower(a.identifier) === lower(b.identifier) &&
    (a.provider !== windows || lower(a.domain) === lower(b.domain))
  );
}
