import { infiniteQueryOptions } from '@tanstack/react-query';
import type { RavenApi } from '../api/client.ts';
import { getHistory } from '../api/history.ts';
import { certificatesKey } from './certificates.ts';

const pageSize = 100;

/** What was done, the latest first, page by page. Asked only of a server that keeps a history (`Capabilities`). */
export const historyQuery = (api: RavenApi, thumbprint?: string) =>
  infiniteQueryOptions({
    queryKey: [...certificatesKey, 'history', api.baseUrl, thumbprint ?? null],
    queryFn: ({ pageParam, signal }) => getHistory(api, { thumbprint, start: pageParam, pageSize }, signal),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.length === pageSize ? pages.length * pageSize : undefined),
  });
