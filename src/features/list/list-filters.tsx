import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { securityClearances } from '../../api/types.ts';
import { clearanceLabels } from '../../domain/clearance.ts';
import { numberText } from '../../domain/time-text.ts';
import { useApi } from '../../queries/api-context.ts';
import { databaseNamesQuery } from '../../queries/server.ts';
import { Picker } from '../../ui/picker.tsx';
import { ListFilterButton } from './list-filter-button.tsx';
import css from './list-filters.module.css';
import type { ListRow } from './list-rows.ts';
import type { ListSearch } from './list-search.ts';

interface FilterProps {
  search: ListSearch;
  rows: readonly ListRow[];
  onChange: (part: Partial<ListSearch>) => void;
}

/** The filters beside the search: clearance, database, second factor. Counts are of the whole list. */
export function ListFilters(props: FilterProps) {
  return (
    <>
      <ClearanceFilter {...props} />
      <DatabaseFilter {...props} />
      <TwoFactorFilter {...props} />
    </>
  );
}

function ClearanceFilter({ search, rows, onChange }: FilterProps) {
  const { clearances } = search;
  const panel = () => (
    <div className={css.panel} role="group" aria-label="Clearance">
      {[...securityClearances].reverse().map((clearance) => {
        const count = rows.filter(({ entry }) => entry.clearance === clearance).length;
        if (count === 0 && !clearances.includes(clearance)) return null;
        return (
          <div key={clearance} className={css.choice}>
            <label>
              <input
                type="checkbox"
                checked={clearances.includes(clearance)}
                onChange={(event) =>
                  onChange({
                    clearances: securityClearances.filter((other) =>
                      other === clearance ? event.target.checked : clearances.includes(other),
                    ),
                  })
                }
              />
              {clearanceLabels[clearance]}
            </label>
            <span className={css.number}>{numberText(count)}</span>
          </div>
        );
      })}
    </div>
  );
  return (
    <ListFilterButton
      name="Clearance"
      value={clearances.length === 0 ? undefined : clearances.map((clearance) => clearanceLabels[clearance]).join(', ')}
      panel={panel}
      onClear={() => onChange({ clearances: [] })}
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
