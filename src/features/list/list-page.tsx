import { useQuery } from '@tanstack/react-query';
import { useCallback, useDeferredValue, useMemo, useRef } from 'react';
import { lacks } from '../../domain/capabilities.ts';
import { numberText } from '../../domain/time-text.ts';
import { useApi } from '../../queries/api-context.ts';
import { certificatesQuery, listInterval, whoAmIQuery } from '../../queries/certificates.ts';
import { lastUseQuery } from '../../queries/server.ts';
import { useCapabilities } from '../../queries/use-capabilities.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import { Notice } from '../../ui/notice.tsx';
import { onDemand } from '../../ui/on-demand.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useShortcut } from '../../ui/shortcuts.ts';
import { ListDatabaseAnswer } from './list-database-answer.tsx';
import { ListExport } from './list-export.tsx';
import { ListFailure } from './list-failure.tsx';
import { filterRows } from './list-filter.ts';
import { ListFilters } from './list-filters.tsx';
import css from './list-filters.module.css';
import { ListResult } from './list-result.tsx';
import { isFiltered, listSearchText, noFilters, sortOf } from './list-search.ts';
import { ListSearchField } from './list-search-field.tsx';
import { ListSkeleton } from './list-skeleton.tsx';
import { sortRows } from './list-sort.ts';
import { ListSorter } from './list-sorter.tsx';
import { ListTable } from './list-table.tsx';
import { ListViewsNav } from './list-views-nav.tsx';
import { countViews, senselessViews, works } from './list-views.ts';
import type { Sight } from './stays-in-place.ts';
import { useFresh } from './use-fresh.ts';
import { useHeld } from './use-held.ts';
import { useListRows } from './use-list-rows.ts';
import { useListSearch } from './use-list-search.ts';
import { useNow } from './use-now.ts';
import { useSelection } from './use-selection.ts';

// Nobody needs it to see the list.
const ListDock = onDemand(() => import('./list-dock.tsx').then((module) => module.ListDock));

/** All certificates: views, search, filters and the table. @param search the URL's query */
export function ListPage({ search: query }: { search: string }) {
  const api = useApi();
  const { navigate } = useNavigation();
  const certificates = useQuery({
    ...certificatesQuery(api),
    refetchInterval: ({ state }) => listInterval(state.data?.certificates.length ?? 0),
  });
  const { data: me } = useQuery(whoAmIQuery(api));
  const { data: lastUse } = useQuery(lastUseQuery(api));
  const capabilities = useCapabilities();
  const senseless = senselessViews(capabilities, lastUse);
  const now = useNow();
  const made = useListRows(certificates.data);
  const { search, change, type, settle } = useListSearch(query);
  // Typing and clicking paint first; the rows follow, and a newer search doesn't wait for an older one.
  const wanted = useDeferredValue(search);
  const moment = useMemo(() => ({ now, lastUse }), [now, lastUse]);
  const { key, descending } = sortOf(wanted);
  const sorted = useMemo(
    () => (made === undefined ? undefined : sortRows(made.rows, { key, descending }, wanted.database, moment)),
    [made, key, descending, wanted.database, moment],
  );
  const latest = useMemo(
    () =>
      made === undefined || sorted === undefined ? undefined : { ...made, shown: filterRows(sorted, wanted, moment) },
    [made, sorted, wanted, moment],
  );
  const sight = useRef<Sight>(null);
  const onSight = useCallback((seen: Sight | null) => {
    sight.current = seen;
  }, []);
  const view = `${listSearchText(wanted)} ${String(lastUse === undefined)}`;
  const { current, waiting, show } = useHeld(latest, view, sight);
  const { rows, shown } = current ?? {};
  const complete = current?.list.complete === true;
  const counts = useMemo(
    // Half a list has half the counts: none rather than wrong ones.
    () => (rows === undefined || !complete ? undefined : countViews(rows, moment)),
    [rows, complete, moment],
  );
  const fresh = useFresh(query, rows);
  const selection = useSelection(rows);
  const context = useMemo(
    () => ({
      now,
      lastUse,
      viewer: me ?? undefined,
      database: wanted.database,
      admins: rows?.filter((row) => row.entry.clearance === 'ClusterAdmin' && works(row, now)).length ?? 0,
    }),
    [now, lastUse, me, wanted.database, rows],
  );
  const page = useRef<HTMLDivElement>(null);
  const focusRow = () =>
    page.current
      ?.querySelector<HTMLElement>('[role="grid"] a[data-stop][tabindex="0"]')
      ?.focus({ preventScroll: true });
  useShortcut('g', () => navigate('/generate'));
  useShortcut('u', () => navigate('/upload'));
  const filtered = isFiltered(search);
  const reset = () => change({ ...noFilters, sort: search.sort });
  const { error } = certificates;
  const onSort = (sort: { key: typeof key; descending: boolean }) => change({ sort });

  return (
    <div ref={page} style={{ display: 'contents' }}>
      <PageHeader
        title="Certificates"
        actions={
          <>
            <LinkButton to="/upload">Upload</LinkButton>
            <LinkButton to="/generate" variant="primary">
              <span>
                Generate<span className={css.rest}> certificate</span>
              </span>
            </LinkButton>
          </>
        }
      />
      <ListViewsNav search={search} counts={counts} hidden={senseless} />
      <div className={css.tools}>
        <ListSearchField text={search.text} onType={type} onLeave={settle} onDown={() => focusRow()} />
        <ListFilters
          search={search}
          rows={rows ?? []}
          twoFactor={capabilities?.twoFactor !== false}
          onChange={change}
        />
        {filtered ? (
          <Button variant="quiet" onClick={reset}>
            Reset
          </Button>
        ) : null}
        <ListSorter database={search.database} sort={sortOf(search)} onSort={onSort} />
        <ListResult
          shown={shown?.length}
          total={rows?.length}
          loading={
            rows !== undefined && !(certificates.data?.complete ?? true)
              ? certificates.data?.certificates.length
              : undefined
          }
          filtered={filtered}
        />
        <ListExport rows={shown ?? []} lastUse={lastUse} complete={complete} />
      </div>
      {wanted.database === '' || rows === undefined ? null : (
        <ListDatabaseAnswer
          rows={rows}
          database={wanted.database}
          access={search.access}
          now={now}
          onAccess={(access) => change({ access })}
        />
      )}
      {wanted.view === 'unused' ? (
        <Notice>
          {senseless.includes('unused')
            ? lacks.lastUse
            : 'RavenDB remembers the last use only since each node started; older certificates without one count as unused.'}
        </Notice>
      ) : null}
      {error !== null && rows !== undefined ? (
        <ListFailure error={error} onRetry={() => void certificates.refetch()} stale />
      ) : null}
      {shown === undefined || rows === undefined ? (
        error === null ? (
          <ListSkeleton />
        ) : (
          <ListFailure error={error} onRetry={() => void certificates.refetch()} />
        )
      ) : shown.length > 0 ? (
        <ListTable
          rows={shown}
          total={rows.length}
          context={context}
          sort={{ key, descending }}
          onSort={onSort}
          fresh={fresh}
          query={query}
          selection={selection}
          complete={complete}
          onSight={onSight}
        />
      ) : filtered ? (
        <EmptyState
          icon="search"
          title="No certificate matches"
          actions={<Button onClick={reset}>Reset filters</Button>}
        >
          {explainNothing(rows.length)}
        </EmptyState>
      ) : (
        <EmptyState
          icon="key"
          title="There are no certificates yet"
          actions={
            <LinkButton to="/generate" variant="primary">
              Generate certificate
            </LinkButton>
          }
        >
          Generate the first one, or upload a certificate that was made elsewhere.
        </EmptyState>
      )}
      {waiting === null && selection.rows.length === 0 ? null : (
        <ListDock
          changes={waiting?.changes ?? null}
          onShow={() => {
            show();
            focusRow();
          }}
          selection={selection}
          shown={complete ? (shown ?? []) : undefined}
          lastUse={lastUse}
          onClear={() => {
            selection.clear();
            focusRow();
          }}
        />
      )}
    </div>
  );
}

const explainNothing = (total: number): string =>
  `None of the ${numberText(total)} certificates fits this search and these filters.`;
