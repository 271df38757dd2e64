import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { selectCertificates, selectedCertificates } from '../../queries/selection.ts';
import type { ListRow } from './list-rows.ts';
import { selectAll, type Selected, selectRow } from './select-rows.ts';

export interface Selection {
  /** The selected certificates that the list has, in its order of names. */
  readonly rows: readonly ListRow[];
  /** Their thumbprints. */
  readonly keys: ReadonlySet<string>;
  /** @param keys thumbprints of the rows as they are shown @param range from the last one to this */
  readonly select: (keys: readonly string[], key: string, range: boolean) => void;
  readonly selectAll: (keys: readonly string[]) => void;
  readonly clear: () => void;
}

const nothing: ReadonlySet<string> = new Set();

/**
 * What is selected in the list. It stays while filters change and while other views are open; what isn't in the list any more isn't
 * selected either.
 * @param rows the whole list
 */
export function useSelection(rows: readonly ListRow[] | undefined): Selection {
  const client = useQueryClient();
  const [selected, setSelected] = useState<Selected>(() => ({ rows: selectedCertificates(client), anchor: null }));
  useEffect(() => selectCertificates(client, selected.rows), [client, selected]);
  const found = useMemo(
    () => (selected.rows.size === 0 ? [] : (rows ?? []).filter(({ entry }) => selected.rows.has(entry.thumbprint))),
    [rows, selected],
  );
  const keys = useMemo(
    () => (found.length === 0 ? nothing : new Set(found.map(({ entry }) => entry.thumbprint))),
    [found],
  );
  const select = useCallback(
    (shown: readonly string[], key: string, range: boolean) =>
      setSelected((before) => selectRow(before, shown, key, range)),
    [],
  );
  const all = useCallback((shown: readonly string[]) => setSelected((before) => selectAll(before, shown)), []);
  const clear = useCallback(() => setSelected({ rows: nothing, anchor: null }), []);
  return useMemo(() => ({ rows: found, keys, select, selectAll: all, clear }), [found, keys, select, all, clear]);
}
