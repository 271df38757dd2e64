import { useEffect, useRef, useState } from 'react';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import type { ListRow } from './list-rows.ts';
import { newThumbprint } from './list-search.ts';

/**
 * The certificate that was just registered (`?new=` with its thumbprint): taken out of the URL at once, so that a reload or going
 * back doesn't point it out again, and announced when the list has it.
 */
export function useFresh(query: string, rows: readonly ListRow[] | undefined): string | undefined {
  const { navigate } = useNavigation();
  const announce = useAnnounce();
  const [fresh, setFresh] = useState<string>();
  const found = newThumbprint(query);
  if (found !== null && found !== fresh) setFresh(found);
  useEffect(() => {
    if (found === null) return;
    const params = new URLSearchParams(query);
    params.delete('new');
    const rest = params.toString();
    navigate(rest === '' ? '/' : `/?${rest}`, { replace: true });
  }, [found, query, navigate]);
  const announced = useRef<string>(undefined);
  useEffect(() => {
    if (fresh === undefined || announced.current === fresh) return;
    const row = rows?.find(({ entry }) => entry.thumbprint === fresh);
    if (row === undefined) return;
    announced.current = fresh;
    announce(`The certificate ${row.entry.name} is in the list.`);
  }, [fresh, rows, announce]);
  return fresh;
}
