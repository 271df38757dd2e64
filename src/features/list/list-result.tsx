import { useEffect } from 'react';
import { numberText } from '../../domain/time-text.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import css from './list-filters.module.css';

/** How many certificates are shown, also said when it changes through filters; while pages come in, how many are loaded. */
export function ListResult({
  shown,
  total,
  loading,
  filtered,
}: {
  shown: number | undefined;
  total: number | undefined;
  /** Certificates loaded so far, while more are coming. */
  loading: number | undefined;
  filtered: boolean;
}) {
  const announce = useAnnounce();
  const text =
    shown === undefined || total === undefined
      ? ''
      : filtered
        ? `${numberText(shown)} of ${numberText(total)}`
        : `${numberText(total)} ${total === 1 ? 'certificate' : 'certificates'}`;
  useEffect(() => {
    if (!filtered || text === '') return undefined;
    // Said when the typing rests, not for each letter.
    const timer = setTimeout(() => announce(`${text} certificates`), 600);
    return () => clearTimeout(timer);
  }, [announce, text, filtered]);
  return <span className={css.result}>{loading === undefined ? text : `Loading, ${numberText(loading)} so far`}</span>;
}
