import { hashKey, useQueryClient } from '@tanstack/react-query';
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useApi } from '../../queries/api-context.ts';
import { certificatesQuery, type LoadedCertificates } from '../../queries/certificates.ts';
import type { ListRow } from './list-rows.ts';
import { type Sight, staysInPlace } from './stays-in-place.ts';

/** A list as it is, or was, shown. */
export interface ShownList {
  readonly list: LoadedCertificates;
  /** The whole list, by name. */
  readonly rows: readonly ListRow[];
  /** What search and filters leave of it, in the order in force. */
  readonly shown: readonly ListRow[];
}

const keysOf = (rows: readonly ListRow[]): string[] => rows.map(({ entry }) => entry.thumbprint);

/** How many certificates came, went or changed. */
function differences(before: LoadedCertificates, after: LoadedCertificates): number {
  const old = new Map(before.certificates.map((certificate) => [certificate.thumbprint, certificate]));
  let count = 0;
  for (const certificate of after.certificates) {
    if (old.get(certificate.thumbprint) !== certificate) count += 1;
    old.delete(certificate.thumbprint);
  }
  return count + old.size;
}

/**
 * The list that loads because of something done here (a change of ours, coming back, the first load), as against one that was found to be
 * another one by looking. @returns the former, when there was one
 */
function useAskedFor(): RefObject<LoadedCertificates | null> {
  const client = useQueryClient();
  const { queryKey } = certificatesQuery(useApi());
  const hash = hashKey(queryKey);
  const asked = useRef<LoadedCertificates | null>(null);
  useEffect(() => {
    const cache = client.getQueryCache();
    let waiting = cache.get(hash)?.state.fetchStatus === 'fetching';
    return cache.subscribe((event) => {
      if (event.type !== 'updated' || event.query.queryHash !== hash) return;
      if (event.action.type === 'invalidate') waiting = true;
      if (event.action.type !== 'success' || !waiting) return;
      asked.current = event.query.state.data as LoadedCertificates;
      waiting = !asked.current.complete;
    });
  }, [client, hash]);
  return asked;
}

/**
 * Keeps what somebody looks at in its place: a list that changed elsewhere is taken over by itself only when no row in sight
 * moves by it, otherwise it waits until they want to see it.
 * @param view names search, filters and order: another one is another list, shown at once
 */
export function useHeld(
  latest: ShownList | undefined,
  view: string,
  sight: RefObject<Sight | null>,
): { current: ShownList | undefined; waiting: { changes: number } | null; show: () => void } {
  const [held, setHeld] = useState<{ list: ShownList; view: string }>();
  const asked = useAskedFor();
  const kept = held?.view === view && held.list.list.complete && held.list.shown.length > 0;
  if (latest !== undefined && !kept && (latest !== held?.list || held.view !== view)) setHeld({ list: latest, view });
  const [refused, setRefused] = useState<ShownList>();
  useLayoutEffect(() => {
    if (latest === undefined || held === undefined || latest === held.list || latest === refused) return;
    const seen = sight.current;
    const take =
      seen === null ||
      (asked.current === latest.list && asked.current !== held.list.list) ||
      staysInPlace(keysOf(held.list.shown), keysOf(latest.shown), seen);
    // What is in sight is known only when it is drawn.
    // eslint-disable-next-line react-hooks/set-state-in-effect -- decided before anybody sees it
    if (take) setHeld({ list: latest, view });
    else setRefused(latest);
  }, [latest, held, refused, view, sight, asked]);
  const waiting = useMemo(
    () =>
      held === undefined || refused === undefined || refused !== latest || refused === held.list
        ? null
        : { changes: differences(held.list.list, refused.list) },
    [held, refused, latest],
  );
  return {
    current: held?.list,
    waiting,
    show: () => {
      if (latest !== undefined) setHeld({ list: latest, view });
    },
  };
}
