import type { WhoAmI } from '../api/types.ts';
import { daysLeft } from '../domain/certificate-state.ts';
import { clearanceLabels } from '../domain/clearance.ts';
import { accessLabels } from '../domain/database-access.ts';
import { dateTimeText, daysLeftText } from '../domain/time-text.ts';
import { Card } from '../ui/card.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Fact } from '../ui/fact.tsx';
import { Facts } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import css from './own-certificate.module.css';

/** What somebody sees whose certificate may not manage certificates: their own, and what it opens. */
export function OwnCertificate({ me, now }: { me: WhoAmI; now: number }) {
  const left = daysLeft(me, now);
  return (
    <>
      <PageHeader title="Your certificate" />
      <Notice title={`“${me.name}” has the clearance ${clearanceLabels[me.clearance]}`}>
        It opens the databases below, but doesn’t manage certificates. Ask a cluster admin for more, or start the
        console with another certificate.
      </Notice>
      <Card className={css.card}>
        <Facts>
          <Fact term="Name">{me.name}</Fact>
          <Fact term="Thumbprint">
            {me.thumbprint} <CopyButton compact text={me.thumbprint} label="Copy thumbprint" />
          </Fact>
          {me.notBefore === null ? null : <Fact term="Valid from">{dateTimeText(me.notBefore)}</Fact>}
          {me.notAfter === null || left === null ? null : (
            <Fact term="Expires">
              {dateTimeText(me.notAfter)} ({daysLeftText(left)})
            </Fact>
          )}
          <Fact term="Second factor">{me.hasTwoFactor === true ? 'Asked when it connects' : 'Not asked'}</Fact>
        </Facts>
        <h2>Databases</h2>
        <Facts>
          {me.permissions.map(({ database, access }) => (
            <Fact key={database} term={database}>
              {accessLabels[access]}
            </Fact>
          ))}
        </Facts>
        {me.permissions.length === 0 ? <p>None.</p> : null}
      </Card>
    </>
  );
}
