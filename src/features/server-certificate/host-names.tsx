import { type CertificateNames, coversHost } from '../../domain/host-coverage.ts';
import { Icon } from '../../ui/icon.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import css from './server-certificate.module.css';

/** The cluster's addresses, each with whether the certificate covers it. */
export function HostNames({
  hosts,
  certificate,
}: {
  hosts: readonly string[] | undefined;
  certificate: CertificateNames | null;
}) {
  if (hosts === undefined) return <Skeleton width="60%" />;
  return (
    <div>
      <p className={css.label}>Names it has to cover</p>
      <ul className={css.names} aria-label="Names it has to cover">
        {hosts.map((host) => {
          const covered = certificate === null ? null : coversHost(certificate, host);
          return (
            <li key={host}>
              {covered === null ? (
                <Icon name="link" />
              ) : (
                <span className={covered ? css.yes : css.no}>
                  <Icon name={covered ? 'check' : 'close'} />
                </span>
              )}
              <span>{host}</span>
              {covered === null ? null : <VisuallyHidden>{covered ? 'covered' : 'not covered'}</VisuallyHidden>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
