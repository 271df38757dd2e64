import type { Certificate, CertificateList } from '../api/types.ts';

const sameValue = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'object' && a !== null && b !== null && JSON.stringify(a) === JSON.stringify(b));

/** Whether two readings of a certificate say the same. */
export const sameCertificate = (a: Certificate, b: Certificate): boolean =>
  (Object.keys(a) as (keyof Certificate)[]).every((field) => sameValue(a[field], b[field]));

/** The certificates of a page, as they were known where nothing about them changed: whatever was made of them stays good. */
export const keepSame = (
  page: readonly Certificate[],
  known: ReadonlyMap<string, Certificate>,
): readonly Certificate[] =>
  page.map((certificate) => {
    const before = known.get(certificate.thumbprint);
    return before !== undefined && sameCertificate(before, certificate) ? before : certificate;
  });

/** Whether a list that went through {@link keepSame} is the one before. */
export const sameList = (a: CertificateList, b: CertificateList): boolean =>
  a.certificates.length === b.certificates.length &&
  a.certificates.every((certificate, index) => certificate === b.certificates[index]) &&
  a.loadedServerThumbprint === b.loadedServerThumbprint &&
  a.loadedServerThumbprintForCommunication === b.loadedServerThumbprintForCommunication &&
  sameValue(a.wellKnownAdmins, b.wellKnownAdmins) &&
  sameValue(a.wellKnownIssuers, b.wellKnownIssuers);
