import type { CertificateList } from '../../api/types.ts';
import { planSet } from '../../domain/certificate-set.ts';
import { dateText } from '../../domain/time-text.ts';
import { toBase64 } from '../../pki/bytes.ts';
import type { CertificateFacts } from '../../pki/parse-certificate.ts';
import type { CertificateFile } from '../../pki/read-certificate-file.ts';

const serverAuthentication = '1.3.6.1.5.5.7.3.1';

/** What a file that should be another cluster's export turns out to be. */
export interface OtherCluster {
  /** Its server certificates: what would be registered. */
  readonly certificates: readonly CertificateFacts[];
  /** Why they can't be registered here; undefined when they can. */
  readonly problem: string | undefined;
  readonly warnings: readonly string[];
  /** The entry that has them all already. */
  readonly registeredAs: { readonly name: string; readonly thumbprint: string } | undefined;
}

/**
 * Compares a file with this cluster's own certificates and with what is registered.
 * @param own thumbprints of this cluster's servers
 * @param now milliseconds UTC
 */
export function judgeOtherCluster(
  file: CertificateFile,
  own: ReadonlySet<string>,
  list: CertificateList,
  now: number,
): OtherCluster {
  const certificates = planSet(file.certificates).registered;
  const mine = certificates.filter(({ thumbprint }) => own.has(thumbprint));
  const noServers = certificates.filter(({ extendedKeyUsages }) => !extendedKeyUsages.includes(serverAuthentication));
  const expired = certificates.filter(({ notAfter }) => notAfter < now);
  const problem =
    mine.length > 0
      ? 'This is this cluster’s own export. Take the file that the other cluster’s console saved.'
      : certificates.length > 0 && noServers.length === certificates.length
        ? 'These aren’t certificates of servers. In the other cluster’s console go to Server, Export.'
        : undefined;
  const warnings = [
    ...(file.hasPrivateKey
      ? ['The file holds a private key, so it isn’t an export. Only the public part is used; keep the file safe.']
      : []),
    ...(problem === undefined && noServers.length > 0
      ? [`${noServers.map(({ subject }) => subject).join(', ')}: not made for a server.`]
      : []),
    ...expired.map(({ subject, notAfter }) => `${subject} expired on ${dateText(notAfter)}.`),
  ];
  const registered = certificates.map((certificate) =>
    list.certificates.find(({ thumbprint }) => thumbprint.toUpperCase() === certificate.thumbprint),
  );
  const [first] = registered;
  const registeredAs =
    first !== undefined && registered.every((entry) => entry !== undefined)
      ? { name: first.name, thumbprint: first.primaryThumbprint ?? first.thumbprint }
      : undefined;
  return { certificates, problem, warnings, registeredAs };
}

/** What goes to the upload view: public parts as PEM, and a name to begin with. */
export const handOver = (certificates: readonly CertificateFacts[]) => ({
  upload: {
    name: `Cluster ${certificates[0]?.commonName ?? ''}`.trim(),
    // One long line each: only the upload view reads it.
    pem: certificates
      .map(({ der }) => `-----BEGIN CERTIFICATE-----\n${toBase64(der)}\n-----END CERTIFICATE-----`)
      .join('\n'),
  },
});
