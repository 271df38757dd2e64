import { useEffect, useRef } from 'react';
import type { HandedOver } from './handed-over.ts';

/** Takes what another view handed over, once. */
export function useHandedOver(
  given: HandedOver | null,
  take: (source: { name: string; bytes: Uint8Array }) => void,
): void {
  const taken = useRef(false);
  useEffect(() => {
    if (given === null || taken.current) return undefined;
    taken.current = true;
    take({ name: given.name, bytes: new TextEncoder().encode(given.pem) });
    return () => {
      taken.current = false;
    };
  }, [given, take]);
}
