import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { certificatesKey } from '../../queries/certificates.ts';

/** A server that changed its certificate changes what the list and the export hold. */
export function useServedChange(served: string | null): void {
  const client = useQueryClient();
  const before = useRef<string | null>(null);
  useEffect(() => {
    const changed = before.current !== null && served !== null && before.current !== served;
    before.current = served ?? before.current;
    if (changed) void client.invalidateQueries({ queryKey: certificatesKey });
  }, [served, client]);
}
