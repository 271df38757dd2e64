import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { RavenApi } from '../api/client.ts';
import { getHistory } from '../api/history.ts';
import { certificatesKey, serverKey } from './certificates.ts';

const pageSize = 100;

/** What was done, the latest first, page by page; a first page of null: this server keeps no history that can be asked for. */
export const historyQuery = (api: RavenApi, thumbprint?: string) =>
  infiniteQueryOptions({
    queryKey: [...certificatesKey, 'history', api.baseUrl, thumbprint ?? null],
    queryFn: ({ pageParam, signal }) => getHistory(api, { thumbprint, start: pageParam, pageSize }, signal),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last?.length === pageSize ? pages.length * pageSize : undefined),
  });

/** Whether this server keeps a history that can be asked for. */
export const keepsHistoryQuery = (api: RavenApi) =>
  queryOptions({
    queryKey: [...serverKey, 'keeps-history', api.baseUrl],
    queryFn: async ({ signal }) => (await getHistory(api, { pageSize: 0 }, signal)) !== null,
    staleTime: Infinity,
  });
