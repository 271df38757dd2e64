import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { DatabaseAccess } from '../api/types.ts';
import { databaseNameProblem } from '../domain/database-name.ts';
import { useApi } from '../queries/api-context.ts';
import { databaseNamesQuery } from '../queries/server.ts';
import { type LevelRow, LevelRows } from '../ui/level-rows.tsx';
import { accessChoices } from './access-choices.ts';

/** The databases of a certificate, each with how far it opens it. */
export function DatabasesField({
  rows,
  hint,
  error,
  onChange,
}: {
  rows: readonly LevelRow<DatabaseAccess>[];
  hint?: ReactNode;
  error: string | undefined;
  onChange: (rows: readonly LevelRow<DatabaseAccess>[]) => void;
}) {
  const { data: databases = [] } = useQuery(databaseNamesQuery(useApi()));
  return (
    <LevelRows
      legend="Databases"
      noun="database"
      levels={accessChoices}
      firstLevel="ReadWrite"
      rows={rows}
      onChange={onChange}
      suggestions={databases}
      itemProblem={databaseNameProblem}
      empty="No database: it can connect, but open nothing."
      hint={hint}
      error={error}
    />
  );
}
