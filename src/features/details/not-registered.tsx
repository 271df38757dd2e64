import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../queries/api-context.ts';
import { certificatesQuery } from '../../queries/certificates.ts';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Fact } from '../../ui/fact.tsx';
import { Facts } from '../../ui/facts.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import css from './details.module.css';

/** In the place of a certificate that isn't registered: the server's configuration may know it all the same (contract §4.2). */
export function NotRegistered({ thumbprint }: { thumbprint: string }) {
  const { data: list } = useQuery(certificatesQuery(useApi()));
  const is = (other: string): boolean => other.toUpperCase() === thumbprint.toUpperCase();
  const admin = list?.wellKnownAdmins.some(is) === true;
  if (!admin && list?.wellKnownIssuers.some(is) !== true)
    return (
      <Notice
        tone="warn"
        title="No certificate with this thumbprint is registered"
        actions={<LinkButton to="/">All certificates</LinkButton>}
      >
        {thumbprint} isn’t on this server. It may have been deleted meanwhile, or the address is of another server.
      </Notice>
    );
  return (
    <Card className={css.stack} aria-labelledby="details-well-known">
      <h2 id="details-well-known">{admin ? 'A well-known admin certificate' : 'A well-known issuer'}</h2>
      <p>
        {admin
          ? 'Whoever holds it is a cluster admin by the server’s configuration, without being registered. The server has only its thumbprint.'
          : 'Whoever holds a certificate that it issued is a cluster admin by the server’s configuration, without being registered.'}
      </p>
      <Facts>
        <Fact term="Thumbprint">
          <span className={css.copyable}>
            <code className={css.mono}>{thumbprint.toUpperCase()}</code>
            <CopyButton compact label="Copy thumbprint" text={thumbprint.toUpperCase()} />
          </span>
        </Fact>
        <Fact term="Changes in">
          <code className={css.mono}>
            {admin ? 'Security.WellKnownCertificates.Admin' : 'Security.WellKnownIssuers.Admin'}
          </code>
        </Fact>
      </Facts>
      <div>
        <LinkButton to="/server">Server page</LinkButton>
      </div>
    </Card>
  );
}
