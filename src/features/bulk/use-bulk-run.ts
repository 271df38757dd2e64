import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { useApi } from '../../queries/api-context.ts';
import { bulkMutation, type BulkOrder } from '../../queries/bulk.ts';
import { selectCertificates } from '../../queries/selection.ts';
import { BulkRunner, type BulkRunState } from './bulk-runner.ts';

/** Runs a bulk action. Whoever leaves the view stops it: what was begun ends. What isn't done stays selected in the list. */
export function useBulkRun(): {
  runner: BulkRunner | null;
  state: BulkRunState | null;
  start: (entries: readonly CertificateEntry[], order: BulkOrder) => void;
} {
  const client = useQueryClient();
  const { mutateAsync } = useMutation(bulkMutation(useApi()));
  const [runner, setRunner] = useState<BulkRunner | null>(null);
  const [state, setState] = useState<BulkRunState | null>(null);
  useEffect(() => () => runner?.stop(), [runner]);
  return {
    runner,
    state,
    start: (entries, order) => {
      const started = new BulkRunner(entries, order, mutateAsync, (next) => {
        setState(next);
        if (next.phase === 'ended') selectCertificates(client, new Set(started.undone()));
      });
      setRunner(started);
      void started.goOn();
    },
  };
}
