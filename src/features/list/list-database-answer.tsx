import { type DatabaseAccess, databaseAccessLevels } from '../../api/types.ts';
import { numberText } from '../../domain/time-text.ts';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { countAccess } from './list-filter.ts';
import css from './list-filters.module.css';
import type { ListRow } from './list-rows.ts';

const sentences = { Admin: 'administer', ReadWrite: 'write', Read: 'only read' } as const;
const shortest = { Admin: 'Admin', ReadWrite: 'Write or more', Read: 'Read or more' } as const;

/** With one database chosen: how many may do what there now, in a sentence, and which of them to list. */
export function ListDatabaseAnswer({
  rows,
  database,
  access,
  now,
  onAccess,
}: {
  rows: readonly ListRow[];
  database: string;
  access: DatabaseAccess | null;
  now: number;
  onAccess: (access: DatabaseAccess | null) => void;
}) {
  const counts = countAccess(rows, database, now);
  const parts = (['Admin', 'ReadWrite', 'Read'] as const).map(
    (level) => `${numberText(counts[level])} can ${sentences[level]}`,
  );
  return (
    <div className={css.answer}>
      <p>
        <bdi>{database}</bdi>: {parts.join(', ')}.{' '}
        <span className={css.number}>Working certificates, operators and admins included.</span>
      </p>
      <SegmentedControl
        label="Access"
        value={access ?? 'any'}
        options={[
          { value: 'any', label: 'Any access' },
          ...databaseAccessLevels.slice(1).map((level) => ({ value: level, label: shortest[level] })),
        ]}
        onChange={(value) => onAccess(value === 'any' ? null : value)}
      />
    </div>
  );
}
