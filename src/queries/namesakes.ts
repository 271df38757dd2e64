import { queryOptions } from '@tanstack/react-query';
import { getCertificates } from '../api/certificates.ts';
import type { RavenApi } from '../api/client.ts';
import { certificatesKey } from './certificates.ts';

/** All certificates of exactly this name, whatever the length of the list; none for a blank one, by which RavenDB would list all. */
export const namesakesQuery = (api: RavenApi, name: string) =>
  queryOptions({
    queryKey: [...certificatesKey, 'namesakes', api.baseUrl, name],
    queryFn: async ({ signal }) => (await getCertificates(api, { name }, signal)).certificates,
    enabled: name.trim() !== '',
  });
