import { useQuery } from '@tanstack/react-query';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { useApi } from '../../queries/api-context.ts';
import { certificatesQuery, type LoadedCertificates } from '../../queries/certificates.ts';
import { Link } from '../../ui/link.tsx';
import { Notice } from '../../ui/notice.tsx';

/** What the rest of the server's list and configuration say about a certificate; nothing when they say nothing. */
export function Relatives({ entry }: { entry: CertificateEntry }) {
  const { data } = useQuery({ ...certificatesQuery(useApi()), select: (list) => look(list, entry) });
  if (data === undefined) return null;
  return (
    <>
      {data.wellKnown ? (
        <Notice tone="warn" title="A well-known admin certificate">
          By the server’s configuration (Security.WellKnownCertificates.Admin) its holder is a cluster admin, whatever
          is granted here.
        </Notice>
      ) : null}
      {data.sameKey.length === 0 ? null : (
        <Notice title={data.sameKey.length === 1 ? 'Another certificate has the same key' : 'Others have the same key'}>
          RavenDB lets its holder in by each of them that isn’t disabled:{' '}
          {data.sameKey.map(({ thumbprint, name, disabled }, index) => (
            <span key={thumbprint}>
              {index === 0 ? '' : ', '}
              <Link to={`/certificates/${thumbprint}`}>
                <bdi>{name}</bdi>
              </Link>
              {disabled ? ' (disabled)' : ''}
            </span>
          ))}
          .
        </Notice>
      )}
    </>
  );
}

function look(
  { certificates, wellKnownAdmins }: LoadedCertificates,
  { thumbprints, pinningHash, kind }: CertificateEntry,
) {
  const own = new Set(thumbprints.map((thumbprint) => thumbprint.toUpperCase()));
  return {
    wellKnown: wellKnownAdmins.some((thumbprint) => own.has(thumbprint.toUpperCase())),
    sameKey:
      pinningHash === '' || kind === 'server'
        ? []
        : certificates.filter((other) => other.pinningHash === pinningHash && !own.has(other.thumbprint.toUpperCase())),
  };
}
