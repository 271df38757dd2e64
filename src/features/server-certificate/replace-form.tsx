import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { byGravity, whatIsMissing } from '../../domain/finding.ts';
import { replacementFindings } from '../../domain/replacement-findings.ts';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { toBase64 } from '../../pki/bytes.ts';
import { atMost } from '../../pki/file-limits.ts';
import type { CertificateFacts } from '../../pki/parse-certificate.ts';
import type { CertificateFile } from '../../pki/read-certificate-file.ts';
import { useApi } from '../../queries/api-context.ts';
import { certificatesQuery, whoAmIQuery } from '../../queries/certificates.ts';
import { clusterDomainsQuery, replaceServerMutation } from '../../queries/server-certificate.ts';
import { useCapabilities } from '../../queries/use-capabilities.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Findings } from '../../ui/findings.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { LockedFileField } from '../../ui/locked-file-field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { useLockedFile } from '../../ui/use-locked-file.ts';
import { exportedQuery } from './exported-query.ts';
import { HostNames } from './host-names.tsx';
import { otherAdmins } from './other-admins.ts';
import { readKeyFile, toServerPfx } from './read-server-file.ts';
import { ReplacedCertificate } from './replaced-certificate.tsx';
import css from './server-certificate.module.css';
import { ServerFacts } from './server-facts.tsx';

/** The certificate with its key, when the file has both and they belong together. */
const ownOf = (file: CertificateFile): CertificateFacts | null => file.certificates[file.privateKeyOf ?? -1] ?? null;

/** File, what it holds against what the server needs, and when to change over. */
export function ReplaceForm({ onBegun }: { onBegun: (thumbprint: string, ownIdentity: boolean) => void }) {
  const api = useApi();
  const file = useLockedFile(readKeyFile, { keep: true, atMost });
  const { data: hosts } = useQuery(clusterDomainsQuery(api));
  const { data: list } = useQuery(certificatesQuery(api));
  const { data: exported } = useQuery(exportedQuery(api));
  const { data: me } = useQuery(whoAmIQuery(api));
  const communicationCertificate = useCapabilities()?.communicationCertificate;
  const [now] = useState(Date.now);
  const [agreed, setAgreed] = useState<ReadonlySet<string>>(new Set());
  const [when, setWhen] = useState<'confirmed' | 'now'>('confirmed');
  const replace = useMutation(replaceServerMutation(api));
  const [failure, setFailure] = useState<unknown>(null);
  const [sending, setSending] = useState(false);

  const served = list?.loadedServerThumbprint ?? null;
  const current = exported?.certificates.find(({ thumbprint }) => thumbprint === served) ?? null;
  const ownIdentity = served !== null && me?.thumbprint === served;
  const content = file.state.step === 'read' ? file.state.content : null;
  const certificate = content === null ? null : ownOf(content);
  const loaded =
    hosts !== undefined &&
    list?.complete === true &&
    exported !== undefined &&
    me !== undefined &&
    communicationCertificate !== undefined;
  const findings =
    certificate === null || !loaded
      ? []
      : byGravity(
          replacementFindings(certificate, {
            current,
            hosts,
            ownIdentity,
            otherAdmins: otherAdmins(list, served, now),
            communicationCertificate,
            now,
          }),
        );
  const missing = loaded ? whatIsMissing(findings, agreed) : 'Asking the server what it needs…';

  const send = async () => {
    const secrets = file.secrets();
    if (certificate === null || secrets === null) return;
    setSending(true);
    setFailure(null);
    try {
      const pfx = toBase64(await toServerPfx(secrets.bytes, secrets.passphrase));
      await replace.mutateAsync({ pfx, immediately: when === 'now' });
      file.clear();
      onBegun(certificate.thumbprint, ownIdentity);
    } catch (error) {
      setFailure(error);
    } finally {
      // The mutation would keep the key as long as this form stands.
      replace.reset();
      setSending(false);
    }
  };

  if (content === null)
    return (
      <div className={css.columns}>
        <div className={css.main}>
          <Card className={css.card} aria-label="Choose the new certificate">
            <LockedFileField
              file={file}
              label="Choose the new certificate with its key, or drop it here"
              hint=".pfx, .p12, or a .pem with certificate and key. It is read in this browser: nothing is sent yet."
              accept=".pfx,.p12,.pem,application/x-pkcs12"
            />
          </Card>
          <ReplacedCertificate certificate={current} now={now} />
        </div>
        <Card className={css.aside} aria-label="What it needs">
          <h2>What it needs</h2>
          <HostNames hosts={hosts} certificate={null} />
          <p className={css.text}>
            An RSA key, the key usage “digital signature” and{' '}
            {communicationCertificate === false
              ? 'the extended key usages “server authentication” and “client authentication”'
              : 'the extended key usage “server authentication”'}
            .
          </p>
        </Card>
      </div>
    );

  return (
    <div className={css.columns}>
      <div className={css.main}>
        <Card className={css.card} aria-label="The new certificate">
          <div className={css.head}>
            <h2>{file.state.step === 'read' ? file.state.name : ''}</h2>
            <Button
              onClick={() => {
                file.clear();
                setAgreed(new Set());
                setFailure(null);
              }}
            >
              Choose another
            </Button>
          </div>
          {certificate === null ? (
            <Notice
              tone="error"
              title={
                content.hasPrivateKey
                  ? 'The key in the file belongs to none of its certificates.'
                  : 'The file holds no private key.'
              }
            >
              A server needs its key. Choose a .pfx file, or a .pem file that holds certificate and key.
            </Notice>
          ) : (
            <>
              <ServerFacts certificate={certificate} now={now} />
              {content.certificates.length > 1 ? (
                <p className={css.text}>
                  {content.certificates.length === 2
                    ? 'One more certificate'
                    : `${content.certificates.length - 1} more certificates`}{' '}
                  of its chain {content.certificates.length === 2 ? 'goes' : 'go'} with it.
                </p>
              ) : null}
            </>
          )}
        </Card>
        <Findings
          items={findings}
          agreed={agreed}
          onAgree={(id, agrees) => {
            const next = new Set(agreed);
            if (agrees) next.add(id);
            else next.delete(id);
            setAgreed(next);
          }}
          more={({ id, level }) =>
            id === 'lockout' && level === 'error' ? (
              <LinkButton to="/generate">Generate a cluster admin</LinkButton>
            ) : null
          }
        />
        {certificate === null ? null : (
          <Card>
            <RadioCards
              legend="When to change over"
              value={when}
              onChange={setWhen}
              options={[
                {
                  value: 'confirmed',
                  label: 'When all nodes have it',
                  description: 'Waits for every node; at the latest three days before the old one ends',
                },
                {
                  value: 'now',
                  label: 'Now',
                  description: 'A node that is away keeps the old one, and has to be helped by hand',
                },
              ]}
            />
          </Card>
        )}
      </div>
      <Card className={css.aside} aria-label="What will happen">
        <h2>What will happen</h2>
        <HostNames hosts={hosts} certificate={certificate} />
        <p className={css.text}>
          Certificate and key go to RavenDB, which hands them to its nodes. Client certificates stay as they are.
        </p>
        {failure === null ? null : <FailureNotice error={failure} />}
        <div className={css.buttonsWide}>
          <Button
            variant="primary"
            wide
            pending={sending}
            disabledReason={certificate === null ? 'A server needs its key.' : missing}
            onClick={() => void send()}
          >
            Replace the certificate
          </Button>
          {certificate === null || missing === undefined ? null : (
            // The button's own reason is said to screen readers already.
            <p className={css.small} aria-hidden="true">
              {missing}
            </p>
          )}
          <LinkButton to="/server" wide>
            Cancel
          </LinkButton>
        </div>
      </Card>
    </div>
  );
}
