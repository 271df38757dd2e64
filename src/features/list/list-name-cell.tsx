import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { isOpenToVersionOne } from '../../domain/version-one.ts';
import { cx } from '../../ui/cx.ts';
import { Link } from '../../ui/link.tsx';
import { Tag } from '../../ui/tag.tsx';
import css from './list-row.module.css';

const kindTags = {
  server: 'Server',
  node: undefined,
  ssoServer: 'SSO server',
  ssoUser: 'SSO user',
  client: undefined,
} as const;

/** The name as text whatever it holds, as the link that opens the certificate, and what is special about it. */
export function ListNameCell({
  entry,
  own,
  notYetValid,
  tabIndex,
}: {
  entry: CertificateEntry;
  own: boolean;
  notYetValid: boolean;
  tabIndex: number;
}) {
  const nameless = entry.name.trim() === '';
  return (
    <div role="gridcell" className={cx(css.cell, css.name)}>
      <Link
        to={`/certificates/${encodeURIComponent(entry.thumbprint)}`}
        className={cx(css.open, nameless && css.nameless)}
        title={entry.name}
        tabIndex={tabIndex}
        data-stop
      >
        {nameless ? 'No name' : <bdi>{entry.name}</bdi>}
      </Link>
      {own ? <Tag tone="accent">This console</Tag> : null}
      {kindTags[entry.kind] === undefined ? null : <Tag>{kindTags[entry.kind]}</Tag>}
      {entry.hasTwoFactor === true ? <Tag title="Requires two-factor authentication">2FA</Tag> : null}
      {isOpenToVersionOne(entry) ? (
        <Tag tone="warn" title="RavenDB takes all certificates of X.509 version 1 for one: others may get in as it">
          Version 1
        </Tag>
      ) : null}
      {entry.disabled && !entry.unreadable ? <Tag>Disabled</Tag> : null}
      {notYetValid ? <Tag>Not yet valid</Tag> : null}
      {entry.thumbprints.length > 1 ? <Tag>{entry.thumbprints.length} certificates</Tag> : null}
    </div>
  );
}
