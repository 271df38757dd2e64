import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { reachesAllDatabases } from '../../domain/clearance.ts';
import { accessLabels } from '../../domain/database-access.ts';
import { Card } from '../../ui/card.tsx';
import css from './details.module.css';

/** What the certificate opens, in effect. */
export function DatabaseAccess({ entry }: { entry: CertificateEntry }) {
  const all = reachesAllDatabases(entry.clearance);
  const count = entry.permissions.length;
  return (
    <Card className={css.stack} aria-labelledby="details-databases">
      <div className={css.head}>
        <h2 id="details-databases">Databases</h2>
        {all || count === 0 ? null : <span className={css.faint}>{count}</span>}
      </div>
      {all ? (
        <p>
          All databases, as admin.
          {count === 0 ? null : (
            <span className={css.faint}>
              {' '}
              Permissions for {count} of them are stored, without effect at this clearance.
            </span>
          )}
        </p>
      ) : count === 0 ? (
        <p className={css.faint}>None. It can connect, and open nothing.</p>
      ) : (
        <ul className={css.databases} aria-label="Databases" tabIndex={count > 10 ? 0 : undefined}>
          {entry.permissions.map(({ database, access }) => (
            <li key={database}>
              <span>{database}</span>
              <span className={css.access}>{accessLabels[access]}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
