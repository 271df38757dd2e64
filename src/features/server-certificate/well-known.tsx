import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../queries/api-context.ts';
import { certificatesQuery } from '../../queries/certificates.ts';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Link } from '../../ui/link.tsx';
import css from './server-certificate.module.css';

/** Who is a cluster admin by the server's configuration, whatever is registered. Read-only: it changes in settings.json. */
export function WellKnown() {
  const { data: list } = useQuery(certificatesQuery(useApi()));
  const admins = list?.wellKnownAdmins ?? [];
  const issuers = list?.wellKnownIssuers ?? [];
  const registered = (thumbprint: string) =>
    list?.certificates.find((certificate) => certificate.thumbprint.toUpperCase() === thumbprint.toUpperCase());
  return (
    <Card className={css.card} aria-label="Well-known">
      <h2>Well-known</h2>
      <p className={css.text}>
        {admins.length + issuers.length === 0
          ? 'The server’s configuration names no certificate or issuer that is let in without being registered.'
          : 'Cluster admins by the server’s configuration, registered or not. They change in its settings only.'}
      </p>
      {admins.length === 0 ? null : (
        <ul className={css.rows} aria-label="Well-known admin certificates">
          {admins.map((thumbprint) => {
            const entry = registered(thumbprint);
            return (
              <li key={thumbprint} className={css.row}>
                <span className={css.rowTitle}>
                  {entry === undefined ? (
                    'Admin certificate'
                  ) : (
                    <Link to={`/certificates/${entry.thumbprint}`}>{entry.name}</Link>
                  )}
                </span>
                <Thumbprint thumbprint={thumbprint} />
                <span className={css.rowMore}>
                  {entry === undefined ? 'Not registered. ' : ''}Security.WellKnownCertificates.Admin
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {issuers.length === 0 ? null : (
        <ul className={css.rows} aria-label="Well-known issuers">
          {issuers.map((thumbprint) => (
            <li key={thumbprint} className={css.row}>
              <span className={css.rowTitle}>Issuer: all that it issued are let in</span>
              <Thumbprint thumbprint={thumbprint} />
              <span className={css.rowMore}>Security.WellKnownIssuers.Admin</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Thumbprint({ thumbprint }: { thumbprint: string }) {
  return (
    <span className={css.rowMore}>
      <span className={css.copyable}>
        <code className={css.mono}>{thumbprint.toUpperCase()}</code>
        <CopyButton compact label="Copy thumbprint" text={thumbprint} />
      </span>
    </span>
  );
}
