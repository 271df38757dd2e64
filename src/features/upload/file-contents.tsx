import { useState } from 'react';
import type { SetPlan } from '../../domain/certificate-set.ts';
import { certificateTitle } from '../../domain/describe-certificate.ts';
import type { CertificateFacts as Facts_ } from '../../pki/parse-certificate.ts';
import type { CertificateFile } from '../../pki/read-certificate-file.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Tag } from '../../ui/tag.tsx';
import { CertificateChoice, type Fate } from './certificate-choice.tsx';
import { CertificateFacts } from './certificate-facts.tsx';
import css from './upload.module.css';

const formats = { der: 'Certificate (DER)', pem: 'PEM', pfx: 'PKCS#12 (.pfx)', pkcs7: 'PKCS#7 (.p7b)' } as const;

/** As many as a person reads; a press shows the rest. */
const shownAtFirst = 20;

/** The file that was read: what it is, whether a key is in it, and each certificate with what becomes of it. */
export function FileContents({
  name,
  file,
  plan,
  now,
  onInclude,
  onPrimary,
  onAnother,
}: {
  name: string;
  file: CertificateFile;
  plan: SetPlan<Facts_>;
  now: number;
  onInclude: (thumbprint: string, included: boolean) => void;
  onPrimary: (thumbprint: string) => void;
  onAnother: () => void;
}) {
  const [all, setAll] = useState(false);
  const certificates = [...new Map(file.certificates.map((one) => [one.thumbprint, one])).values()];
  const [only] = certificates;
  const shown = all ? certificates : certificates.slice(0, shownAtFirst);
  return (
    <Card aria-label="In the file" className={css.card}>
      <div className={css.fileHead}>
        <span className={css.fileMark}>
          <Icon name="file" size={20} />
        </span>
        <div className={css.fileText}>
          <h2 className={css.fileName}>{name}</h2>
          <p className={css.faint}>
            {formats[file.format]} ·{' '}
            {certificates.length === 1 ? 'one certificate' : `${certificates.length} certificates`}
          </p>
        </div>
        <Button onClick={onAnother}>Choose another</Button>
      </div>
      {file.hasPrivateKey ? <KeyInside file={file} /> : null}
      {file.notes.map((note) => (
        <p key={note} className={css.explain}>
          {note}
        </p>
      ))}
      {only !== undefined && certificates.length === 1 ? (
        <CertificateFacts certificate={only} file={certificates} now={now} />
      ) : (
        <>
          <p className={css.explain}>
            RavenDB keeps a set as one entry, a collection: each of its certificates is let in with the same rights. The
            primary lends the entry its thumbprint and dates.
          </p>
          <ul className={css.items} aria-label="Certificates in the file">
            {shown.map((certificate) => (
              <CertificateChoice
                key={certificate.thumbprint}
                certificate={certificate}
                file={certificates}
                fate={fateOf(certificate, plan)}
                now={now}
                onInclude={(included) => onInclude(certificate.thumbprint, included)}
                onPrimary={() => onPrimary(certificate.thumbprint)}
              />
            ))}
          </ul>
          {shown.length < certificates.length ? (
            <Button variant="quiet" onClick={() => setAll(true)}>
              Show all {certificates.length}
            </Button>
          ) : null}
        </>
      )}
    </Card>
  );
}

function KeyInside({ file: { privateKeyOf, certificates } }: { file: CertificateFile }) {
  if (privateKeyOf === -1)
    return (
      <Notice
        tone="warn"
        title={`The private key in the file isn’t ${certificates.length === 1 ? 'this certificate’s' : 'that of any certificate in it'}.`}
      >
        Nobody gets in with that pair. It stays in this browser: only the public part is sent.
      </Notice>
    );
  return (
    <p className={css.key}>
      <Tag tone="accent">
        <Icon name="key" size={12} /> Private key inside
      </Tag>
      It stays in this browser: only the public part is sent.
    </p>
  );
}

function fateOf({ thumbprint }: Facts_, { registered, skipped }: SetPlan<Facts_>): Fate {
  const at = registered.findIndex((certificate) => certificate.thumbprint === thumbprint);
  if (at === 0) return { kind: 'primary' };
  if (at > 0) return { kind: 'secondary' };
  const skip = skipped.find(({ certificate }) => certificate.thumbprint === thumbprint);
  return skip === undefined ? { kind: 'left-out' } : { kind: 'skipped', issued: certificateTitle(skip.issued) };
}
