import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import type { Certificate } from '../../api/types.ts';
import { lacks } from '../../domain/capabilities.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { identityText, vouches } from '../../domain/sso.ts';
import { numberText } from '../../domain/time-text.ts';
import { useApi } from '../../queries/api-context.ts';
import { certificatesQuery } from '../../queries/certificates.ts';
import { licenceQuery } from '../../queries/server.ts';
import { useCapabilities } from '../../queries/use-capabilities.ts';
import { Card } from '../../ui/card.tsx';
import { Fact } from '../../ui/fact.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Link } from '../../ui/link.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './details.module.css';

/** Users shown by name; the list shows them all. */
const named = 20;

/** Single sign-on: as whom a user signs in and who vouches for it, or for whom a server vouches. */
export function SsoCard({ entry }: { entry: CertificateEntry }) {
  const api = useApi();
  const { data: list } = useQuery(certificatesQuery(api));
  const { data: licence } = useQuery(licenceQuery(api));
  const inVersion = useCapabilities()?.singleSignOn;
  const isUser = entry.kind === 'ssoUser';
  return (
    <Card className={css.stack} aria-labelledby="details-sso">
      <h2 id="details-sso">Single sign-on</h2>
      {inVersion === false ? (
        <Notice tone="warn" title="Without effect here">
          {lacks.singleSignOn}
        </Notice>
      ) : inVersion === true && licence?.hasSso === false ? (
        <Notice tone="warn" title="Without effect now">
          The licence of this server has no single sign-on: nobody signs in by it until it does.
        </Notice>
      ) : null}
      {list === undefined ? (
        <Skeleton width="60%" />
      ) : (
        <Facts>
          {isUser ? <Identities user={entry} /> : null}
          {isUser ? <Servers user={entry} all={list.certificates} /> : <Users server={entry} all={list.certificates} />}
        </Facts>
      )}
    </Card>
  );
}

const byName = (entries: readonly Certificate[]) => entries.toSorted((a, b) => a.name.localeCompare(b.name));

function Identities({ user }: { user: CertificateEntry }) {
  return (
    <Fact term="Signs in as">
      <ul aria-label="Signs in as">
        {user.ssoIdentifiers.map((identity) => (
          <li key={identityText(identity)}>
            <bdi>{identityText(identity)}</bdi>
          </li>
        ))}
      </ul>
    </Fact>
  );
}

function Servers({ user, all }: { user: CertificateEntry; all: readonly Certificate[] }) {
  const servers = byName(all.filter((other) => vouches(other, user)));
  const unknown = user.ssoServerPinningHashes.filter(
    (hash) => !servers.some(({ pinningHash }) => pinningHash === hash),
  );
  return (
    <>
      <Fact term="Vouched for by">
        {servers.length === 0 ? (
          <span className={css.warn}>no registered server: it can’t sign in</span>
        ) : (
          <Names of={servers} label="Vouched for by" />
        )}
        {user.allowAnySsoServer ? <span className={css.faint}> (any registered server)</span> : null}
      </Fact>
      {user.allowAnySsoServer || unknown.length === 0 ? null : (
        <Fact term="Not registered">
          <code className={css.mono}>{unknown.join(', ')}</code>
        </Fact>
      )}
    </>
  );
}

function Users({ server, all }: { server: CertificateEntry; all: readonly Certificate[] }) {
  const users = byName(all.filter((other) => vouches(server, other)));
  return (
    <Fact term="Vouches for">
      {users.length === 0 ? (
        <span className={css.faint}>no registered user</span>
      ) : (
        <Names of={users.slice(0, named)} label="Vouches for" />
      )}
      {users.length > named ? (
        <>
          {' · '}
          <Link to="/?type=sso-user">all {numberText(users.length)}</Link>
        </>
      ) : null}
    </Fact>
  );
}

function Names({ of, label }: { of: readonly Certificate[]; label: string }) {
  return (
    <span role="group" aria-label={label}>
      {of.map(({ thumbprint, name }, index) => (
        <Fragment key={thumbprint}>
          {index === 0 ? '' : ', '}
          <Link to={`/certificates/${encodeURIComponent(thumbprint)}`}>
            <bdi>{name}</bdi>
          </Link>
        </Fragment>
      ))}
    </span>
  );
}
