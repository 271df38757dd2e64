import { useQuery } from '@tanstack/react-query';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { haveSameKey, isOpenToVersionOne } from '../../domain/version-one.ts';
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
      {isOpenToVersionOne(entry) && entry.kind !== 'server' ? (
        <Notice tone="warn" title="A certificate of X.509 version 1">
          RavenDB takes all of that version for one: whoever holds any other gets in as this one. Issue one of version 3
          in its place, then delete it
          {data.versionOne.length === 0 ? null : (
            <>
              {' '}
              and the others of that version: <Names of={data.versionOne} />
            </>
          )}
          .
        </Notice>
      ) : null}
      {data.sameKey.length === 0 ? null : (
        <Notice title={data.sameKey.length === 1 ? 'Another certificate has the same key' : 'Others have the same key'}>
          RavenDB lets its holder in by each of them that isn’t disabled: <Names of={data.sameKey} />.
        </Notice>
      )}
    </>
  );
}

function Names({ of }: { of: readonly Pick<CertificateEntry, 'thumbprint' | 'name' | 'disabled'>[] }) {
  return of.map(({ thumbprint, name, disabled }, index) => (
    <span key={thumbprint}>
      {index === 0 ? '' : ', '}
      <Link to={`/certificates/${thumbprint}`}>
        <bdi>{name}</bdi>
      </Link>
      {disabled ? ' (disabled)' : ''}
    </span>
  ));
}

function look({ certificates, wellKnownAdmins }: LoadedCertificates, entry: CertificateEntry) {
  const own = new Set(entry.thumbprints.map((thumbprint) => thumbprint.toUpperCase()));
  const others = certificates.filter(({ thumbprint }) => !own.has(thumbprint.toUpperCase()));
  return {
    wellKnown: wellKnownAdmins.some((thumbprint) => own.has(thumbprint.toUpperCase())),
    sameKey: entry.kind === 'server' ? [] : others.filter((other) => haveSameKey(entry, other)),
    versionOne: others.filter(isOpenToVersionOne),
  };
}
