import { useState } from 'react';
import { daysLeft } from '../../domain/certificate-state.ts';
import { certificateTitle } from '../../domain/describe-certificate.ts';
import { dateText, endText } from '../../domain/time-text.ts';
import type { CertificateFacts } from '../../pki/parse-certificate.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Tag } from '../../ui/tag.tsx';
import css from './server-certificate.module.css';

/** Certificates of a file, one a line. */
export function CertificateRows({ certificates, label }: { certificates: readonly CertificateFacts[]; label: string }) {
  const [now] = useState(Date.now);
  return (
    <ul className={css.rows} aria-label={label}>
      {certificates.map((certificate) => {
        const left = daysLeft(certificate, now) ?? 0;
        return (
          <li key={certificate.thumbprint} className={css.row}>
            <span className={css.rowTitle}>{certificateTitle(certificate)}</span>
            <span className={css.rowEnd}>
              <span className={css.faint}>until {dateText(certificate.notAfter)}</span>
              <Tag tone={left < 0 ? 'bad' : left < 30 ? 'warn' : 'neutral'}>{endText(left)}</Tag>
            </span>
            <span className={css.rowMore}>
              <span className={css.copyable}>
                <code className={css.mono}>{certificate.thumbprint}</code>
                <CopyButton
                  compact
                  label={`Copy thumbprint of ${certificateTitle(certificate)}`}
                  text={certificate.thumbprint}
                />
              </span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
