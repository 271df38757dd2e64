import { accessLabels } from '../../domain/database-access.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { reachesAllDatabases } from '../../domain/clearance.ts';
import { cx } from '../../ui/cx.ts';
import { Tag } from '../../ui/tag.tsx';
import { fittingPermissions, levelWord } from './fit-databases.ts';
import { reach } from './list-filter.ts';
import css from './list-row.module.css';

/** Which databases an entry opens and how far; when the list is about one database, only what it may do there. */
export function ListDatabasesCell({
  entry,
  database,
  width,
}: {
  entry: CertificateEntry;
  database: string;
  width: number;
}) {
  if (database !== '') {
    const access = reach(entry, database);
    return (
      <div role="gridcell" className={cx(css.cell, css.small)}>
        {access === null ? '' : accessLabels[access]}
        {reachesAllDatabases(entry.clearance) ? <span className={css.level}> by clearance</span> : null}
      </div>
    );
  }
  if (entry.kind === 'ssoServer')
    return (
      <div role="gridcell" className={cx(css.cell, css.muted)}>
        Vouches for SSO users
      </div>
    );
  if (reachesAllDatabases(entry.clearance))
    return (
      <div role="gridcell" className={cx(css.cell, css.muted)}>
        All databases
      </div>
    );
  const shown = fittingPermissions(entry.permissions, width);
  const all = entry.permissions
    .map((permission) => `${permission.database}: ${accessLabels[permission.access]}`)
    .join('\n');
  return (
    <div role="gridcell" className={cx(css.cell, css.databases, css.muted)} title={all}>
      {entry.permissions.length === 0 ? 'No databases' : null}
      {entry.permissions.slice(0, shown).map((permission) => (
        <Tag key={permission.database} className={css.database}>
          <span>{permission.database}</span>
          <span className={css.level}>{levelWord(permission.access)}</span>
        </Tag>
      ))}
      {shown < entry.permissions.length ? <Tag className={css.rest}>+{entry.permissions.length - shown}</Tag> : null}
    </div>
  );
}
