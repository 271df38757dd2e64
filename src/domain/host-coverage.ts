/** The names that a certificate is for; a common name counts only where there is no alternative name (RFC 9525). */
export interface CertificateNames {
  readonly commonName: string | null;
  readonly subjectAlternativeNames: readonly { readonly type: string; readonly value: string }[];
}

const isAddress = (host: string): boolean => /^[\d.]+$/.test(host) || host.includes(':');

const bare = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');

/** Host names and addresses in a certificate, in its order. */
export function hostNames({ commonName, subjectAlternativeNames }: CertificateNames): string[] {
  const names = subjectAlternativeNames.filter(({ type }) => type === 'dns' || type === 'ip').map(({ value }) => value);
  return names.length > 0 || commonName === null ? names : [commonName];
}

/** A wildcard stands for exactly one label, the first, and never for a public suffix alone (`*.com`). */
function matches(name: string, host: string): boolean {
  if (name === host) return true;
  if (!name.startsWith('*.') || isAddress(host)) return false;
  const suffix = name.slice(1);
  const label = host.slice(0, -suffix.length);
  return suffix.slice(1).includes('.') && host.endsWith(suffix) && label !== '' && !label.includes('.');
}

/** Whether clients that ask for `host` accept a server with this certificate, as far as names go. */
export const coversHost = (certificate: CertificateNames, host: string): boolean =>
  hostNames(certificate).some((name) => matches(bare(name), bare(host)));
