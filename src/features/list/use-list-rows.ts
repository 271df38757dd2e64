import { useEffect, useState } from 'react';
import type { LoadedCertificates } from '../../queries/certificates.ts';
import { type ListRow, prepare, toRows } from './list-rows.ts';

/** What is worked on between two frames. */
const chunk = 1_000;

/** Lets input and drawing go first. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

export interface ListRows {
  /** In the order of names. */
  rows: readonly ListRow[];
  /** The list they were made of; while it loads, further pages may be there already. */
  list: LoadedCertificates;
}

/**
 * The rows of the loaded list. Their texts are made in pieces that leave frames in between, and new pages are taken over when
 * the list is complete or has doubled: what is on the screen moves seldom, and all steps together cost about twice the last one.
 */
export function useListRows(list: LoadedCertificates | undefined): ListRows | undefined {
  const [made, setMade] = useState<ListRows>();
  const due =
    list !== undefined &&
    list !== made?.list &&
    (made === undefined || list.complete || list.certificates.length >= 2 * made.list.certificates.length);
  // The first page at once: nobody should wait a frame for fifty rows.
  if (due && list.certificates.length <= chunk) setMade({ rows: toRows(list), list });
  useEffect(() => {
    if (!due || list.certificates.length <= chunk) return undefined;
    let current = true;
    const make = async () => {
      for (let start = 0; start < list.certificates.length; start += chunk) {
        for (const certificate of list.certificates.slice(start, start + chunk)) prepare(certificate);
        await breathe();
        if (!current) return;
      }
      setMade({ rows: toRows(list), list });
    };
    void make();
    return () => {
      current = false;
    };
  }, [due, list]);
  return made;
}
