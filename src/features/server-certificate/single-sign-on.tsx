import { useQuery } from '@tanstack/react-query';
import { numberText } from '../../domain/time-text.ts';
import { useApi } from '../../queries/api-context.ts';
import { certificatesQuery } from '../../queries/certificates.ts';
import { licenceQuery } from '../../queries/server.ts';
import { Card } from '../../ui/card.tsx';
import { Link } from '../../ui/link.tsx';
import css from './server-certificate.module.css';

/** What this server knows of single sign-on, whether its licence has it, and how entries are registered. */
export function SingleSignOn() {
  const api = useApi();
  const { data: licence } = useQuery(licenceQuery(api));
  const { data: list } = useQuery(certificatesQuery(api));
  const count = (usage: string): number => list?.certificates.filter((one) => one.usage === usage).length ?? 0;
  const [servers, users] = [count('SsoServer'), count('SsoClient')];
  return (
    <Card className={css.card} aria-label="Single sign-on">
      <h2>Single sign-on</h2>
      {servers + users === 0 ? null : (
        <p>
          <Link to="/?type=sso-server">
            {numberText(servers)} {servers === 1 ? 'server' : 'servers'}
          </Link>
          {' · '}
          <Link to="/?type=sso-user">
            {numberText(users)} {users === 1 ? 'user' : 'users'}
          </Link>
        </p>
      )}
      <p className={css.text}>
        {licence === undefined
          ? 'Asking the server for its licence.'
          : licence.hasSso
            ? 'Servers that vouch for users, and users, are registered by the API: PUT /admin/certificates with Usage “SsoServer”, PUT /admin/certificates/sso/user. Here they are shown, edited, disabled and deleted.'
            : 'Not in the licence of this server: RavenDB registers neither single sign-on servers nor users without it, and entries that are there have no effect.'}
      </p>
    </Card>
  );
}
