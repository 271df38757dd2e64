import { useQuery } from '@tanstack/react-query';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { certificateState, daysLeft, defaultExpiringThreshold, stateLabels } from '../../domain/certificate-state.ts';
import { clearanceLabels } from '../../domain/clearance.ts';
import { lastUsed } from '../../domain/last-used.ts';
import { agoText, dateText, dateTimeText, endText } from '../../domain/time-text.ts';
import { useApi } from '../../queries/api-context.ts';
import { expiringThresholdQuery, lastUseQuery } from '../../queries/server.ts';
import { Fact } from '../../ui/fact.tsx';
import { Facts } from '../../ui/facts.tsx';
import css from './details.module.css';

const usageTexts: Readonly<Record<string, string>> = {
  RavenServer: 'Server',
  RavenServerForCommunication: 'Server, for communication between nodes',
  Client: 'Client',
  SsoServer: 'Single sign-on server',
  SsoClient: 'Single sign-on user',
  WellKnownIssuer: 'Well-known issuer',
};

/** What the server keeps about a certificate: state, rights, second factor and use. */
export function GrantedFacts({ entry, now }: { entry: CertificateEntry; now: number }) {
  const api = useApi();
  const { data: threshold = defaultExpiringThreshold } = useQuery(expiringThresholdQuery(api));
  const state = certificateState(entry, now, threshold);
  const left = daysLeft(entry, now);
  return (
    <Facts>
      <Fact term="State">
        <span
          className={
            state === 'expired' || state === 'unreadable' ? css.bad : state === 'expiring' ? css.warn : undefined
          }
        >
          {stateLabels[state]}
        </span>
        {left === null ? null : (
          <span className={css.faint}>
            {' · '}
            {endText(left)}
          </span>
        )}
      </Fact>
      {entry.notBefore === null ? null : <Fact term="Valid from">{dateText(entry.notBefore)}</Fact>}
      {entry.notAfter === null ? null : <Fact term="Expires">{dateText(entry.notAfter)}</Fact>}
      {entry.kind === 'ssoServer' ? null : <Fact term="Clearance">{clearanceLabels[entry.clearance]}</Fact>}
      {entry.kind === 'ssoServer' ? null : (
        <Fact term="Second factor">
          <SecondFactor entry={entry} />
        </Fact>
      )}
      <Fact term="Last used">
        <LastUsed entry={entry} now={now} />
      </Fact>
      {entry.usage === null ? null : <Fact term="Registered as">{usageTexts[entry.usage] ?? entry.usage}</Fact>}
    </Facts>
  );
}

function SecondFactor({ entry: { hasTwoFactor, kind } }: { entry: CertificateEntry }) {
  if (kind === 'ssoUser') return <span className={css.faint}>left to the provider</span>;
  if (hasTwoFactor === true) return 'asked when it connects';
  return (
    <span className={css.faint}>{hasTwoFactor === false ? 'not asked' : kind === 'server' ? 'none' : 'unknown'}</span>
  );
}

function LastUsed({ entry, now }: { entry: CertificateEntry; now: number }) {
  const { data } = useQuery(lastUseQuery(useApi()));
  if (data === undefined) return <span className={css.faint}>…</span>;
  const used = lastUsed(entry, data);
  const silent = data.silentNodes.join(', ');
  if (typeof used === 'number')
    return (
      <>
        <span title={dateTimeText(used)}>{agoText(used, now)}</span>
        {silent === '' ? null : <span className={css.faint}> · node {silent} didn’t answer</span>}
      </>
    );
  return (
    <span className={css.faint}>
      {used === 'never' ? 'not since the servers started' : `unknown: node ${silent} didn’t answer`}
    </span>
  );
}
