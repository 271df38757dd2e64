import { queryOptions } from '@tanstack/react-query';
import { disablesOf, getRoutes } from '../api/capabilities.ts';
import type { RavenApi } from '../api/client.ts';
import { getGatewayInfo } from '../api/gateway.ts';
import {
  getBuildVersion,
  getClusterTopology,
  getDatabaseNames,
  getExpiringThreshold,
  getLastUse,
  getLicenceStatus,
} from '../api/server.ts';
import { capabilitiesOf } from '../domain/capabilities.ts';
import { defaultExpiringThreshold } from '../domain/certificate-state.ts';
import { mergeLastUse } from '../domain/last-used.ts';
import { serverKey, whoAmIQuery } from './certificates.ts';

const key = (api: RavenApi, what: string) => [...serverKey, what, api.baseUrl] as const;

export const databaseNamesQuery = (api: RavenApi) =>
  queryOptions({
    queryKey: key(api, 'databases'),
    queryFn: ({ signal }) => getDatabaseNames(api, signal),
    // Each view that opens asks again: who has just made a database wants to give access to it. The names known till then are shown.
    staleTime: 0,
  });

export const buildVersionQuery = (api: RavenApi) =>
  queryOptions({
    queryKey: key(api, 'version'),
    queryFn: ({ signal }) => getBuildVersion(api, signal),
    staleTime: 300_000,
  });

export const licenceQuery = (api: RavenApi) =>
  queryOptions({
    queryKey: key(api, 'licence'),
    queryFn: ({ signal }) => getLicenceStatus(api, signal),
    staleTime: 300_000,
  });

export const topologyQuery = (api: RavenApi) =>
  queryOptions({
    queryKey: key(api, 'topology'),
    queryFn: ({ signal }) => getClusterTopology(api, signal),
    staleTime: 60_000,
  });

/** What this server can do: the one place that knows. */
export const capabilitiesQuery = (api: RavenApi) =>
  queryOptions({
    queryKey: key(api, 'capabilities'),
    queryFn: async ({ client, signal }) => {
      const [{ productVersion }, routes, me] = await Promise.all([
        client.query(buildVersionQuery(api)),
        getRoutes(api, signal),
        client.query(whoAmIQuery(api)),
      ]);
      return capabilitiesOf({ version: productVersion, routes, disables: disablesOf(me) });
    },
    staleTime: 300_000,
  });

/** Days; the default where this server doesn't tell. */
export const expiringThresholdQuery = (api: RavenApi) =>
  queryOptions({
    queryKey: key(api, 'expiring-threshold'),
    queryFn: async ({ client, signal }) => {
      const { expiringThreshold } = await client.query(capabilitiesQuery(api));
      return expiringThreshold ? getExpiringThreshold(api, signal) : defaultExpiringThreshold;
    },
    staleTime: Infinity,
  });

/** The server's own address: the gateway knows it; without one it is the page's origin. */
export const serverUrlQuery = (api: RavenApi) =>
  queryOptions({
    queryKey: key(api, 'url'),
    queryFn: ({ signal }) =>
      api.baseUrl.endsWith('/raven')
        ? getGatewayInfo(api, signal).then(({ serverUrl }) => serverUrl)
        : new URL(api.baseUrl || '/', globalThis.location.href).origin,
    staleTime: Infinity,
  });

/** When each certificate was last used, from every node; one that doesn't answer is named, not waited for twice. */
export const lastUseQuery = (api: RavenApi) =>
  queryOptions({
    queryKey: key(api, 'last-use'),
    queryFn: async ({ signal }) => {
      const { nodes } = await getClusterTopology(api, signal);
      // A passive server calls itself "?", which isn't a tag it takes: asked without one, it answers for itself.
      const tags = nodes.filter((node) => node !== '?');
      const answers = (tags.length === 0 ? [undefined] : tags).map(async (node) => ({
        node: node ?? '?',
        lastUse: await getLastUse(api, node, signal).catch(() => null),
      }));
      return mergeLastUse(await Promise.all(answers));
    },
    // A Map has no structure to share.
    structuralSharing: false,
    staleTime: 15_000,
  });
