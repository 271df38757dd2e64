import { useQuery } from '@tanstack/react-query';
import { useId, useMemo } from 'react';
import { securityClearances } from '../../api/types.ts';
import { clearanceLabels } from '../../domain/clearance.ts';
import { numberText } from '../../domain/time-text.ts';
import { useApi } from '../../queries/api-context.ts';
import { databaseNamesQuery } from '../../queries/server.ts';
import { Picker } from '../../ui/picker.tsx';
import { typeOf } from './list-filter.ts';
import { ListFilterButton } from './list-filter-button.tsx';
import css from './list-filters.module.css';
import type { ListRow } from './list-rows.ts';
import { entryTypes, type ListSearch } from './list-search.ts';

interface FilterProps {
  search: ListSearch;
  rows: readonly ListRow[];
  onChange: (part: Partial<ListSearch>) => void;
}

/** The filters beside the search: clearance, database, second factor, and type where it matters. Counts are of the whole list. */
export function ListFilters({
  twoFactor,
  ...props
}: FilterProps & {
  /** Whether this server has a second factor. */
  twoFactor: boolean;
}) {
  return (
    <>
      <ClearanceFilter {...props} />
      <DatabaseFilter {...props} />
      {twoFactor || props.search.twoFactor !== 'any' ? <TwoFactorFilter {...props} /> : null}
      <TypeFilter {...props} />
    </>
  );
}

/** A filter for any of some values. Values that no row has aren't offered. */
function AnyOfFilter<Value extends string>({
  name,
  values,
  labels,
  chosen,
  rows,
  valueOf,
  onChange,
}: {
  name: string;
  values: readonly Value[];
  labels: Readonly<Record<Value, string>>;
  chosen: readonly Value[];
  rows: readonly ListRow[];
  valueOf: (entry: ListRow['entry']) => string;
  onChange: (chosen: readonly Value[]) => void;
}) {
  const panel = () => (
    <div className={css.panel} role="group" aria-label={name}>
      {values.map((value) => {
        const count = rows.filter(({ entry }) => valueOf(entry) === value).length;
        if (count === 0 && !chosen.includes(value)) return null;
        return (
          <div key={value} className={css.choice}>
            <label>
              <input
                type="checkbox"
                checked={chosen.includes(value)}
                onChange={(event) =>
                  onChange(values.filter((other) => (other === value ? event.target.checked : chosen.includes(other))))
                }
              />
              {labels[value]}
            </label>
            <span className={css.number}>{numberText(count)}</span>
          </div>
        );
      })}
    </div>
  );
  return (
    <ListFilterButton
      name={name}
      value={chosen.length === 0 ? undefined : chosen.map((value) => labels[value]).join(', ')}
      panel={panel}
      onClear={() => onChange([])}
    />
  );
}

const clearancesByPower = securityClearances.toReversed();

function ClearanceFilter({ search, rows, onChange }: FilterProps) {
  return (
    <AnyOfFilter
      name="Clearance"
      values={clearancesByPower}
      labels={clearanceLabels}
      chosen={search.clearances}
      rows={rows}
      valueOf={({ clearance }) => clearance}
      onChange={(chosen) => onChange({ clearances: securityClearances.filter((one) => chosen.includes(one)) })}
    />
  );
}

const typeLabels = { client: 'Client', server: 'Server', 'sso-server': 'SSO server', 'sso-user': 'SSO user' } as const;

/** Only where there is something to tell apart: most clusters have no single sign-on. */
function TypeFilter({ search, rows, onChange }: FilterProps) {
  const mixed = useMemo(() => rows.some(({ entry }) => typeOf(entry).startsWith('sso')), [rows]);
  if (!mixed && search.types.length === 0) return null;
  return (
    <AnyOfFilter
      name="Type"
      values={entryTypes}
      labels={typeLabels}
      chosen={search.types}
      rows={rows}
      valueOf={typeOf}
      onChange={(types) => onChange({ types })}
    />
  );
}

function DatabaseFilter({ search, onChange }: FilterProps) {
  const api = useApi();
  const { data: databases } = useQuery(databaseNamesQuery(api));
  const panel = (close: () => void) => (
    <Picker
      label="Database"
      placeholder="Who can reach …"
      options={(databases ?? []).map((value) => ({ value }))}
      creatable={(typed) => `“${typed}”, not a database here`}
      none="This server has no databases"
      onSelect={(database) => {
        close();
        onChange({ database: database.slice(0, 128), access: null, sort: null });
      }}
    />
  );
  return (
    <ListFilterButton
      name="Database"
      value={search.database === '' ? undefined : search.database}
      panel={panel}
      onClear={() => onChange({ database: '', access: null, sort: search.sort?.key === 'access' ? null : search.sort })}
    />
  );
}

const twoFactorLabels = { any: 'Any', on: 'Required', off: 'Not required' } as const;

function TwoFactorFilter({ search, rows, onChange }: FilterProps) {
  const name = useId();
  const panel = () => {
    const on = rows.filter(({ entry }) => entry.hasTwoFactor === true).length;
    const counts = { any: rows.length, on, off: rows.length - on };
    return (
      <div className={css.panel} role="radiogroup" aria-label="Two-factor">
        {(['any', 'on', 'off'] as const).map((value) => (
          <div key={value} className={css.choice}>
            <label>
              <input
                type="radio"
                name={name}
                checked={search.twoFactor === value}
                onChange={() => onChange({ twoFactor: value })}
              />
              {twoFactorLabels[value]}
            </label>
            <span className={css.number}>{numberText(counts[value])}</span>
          </div>
        ))}
      </div>
    );
  };
  return (
    <ListFilterButton
      name="Two-factor"
      value={search.twoFactor === 'any' ? undefined : twoFactorLabels[search.twoFactor].toLowerCase()}
      panel={panel}
      onClear={() => onChange({ twoFactor: 'any' })}
    />
  );
}
