import { queryOptions } from '@tanstack/react-query';
import { disablesOf, getRoutes } from '../api/capabilities.ts';
import type { RavenApi } from '../api/client.ts';
import { type GatewayInfo, getGatewayInfo, hasGateway } from '../api/gateway.ts';
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
import { type LastUse, mergeLastUse } from '../domain/last-used.ts';
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

/** What the gateway knows of its way to the server; without one the server is the page's own. */
export const gatewayInfoQuery = (api: RavenApi) =>
  queryOptions({
    queryKey: key(api, 'gateway'),
    queryFn: ({ signal }): GatewayInfo | Promise<GatewayInfo> =>
      hasGateway(api)
        ? getGatewayInfo(api, signal)
        : { serverUrl: new URL(api.baseUrl || '/', globalThis.location.href).origin, awayUrls: [] },
    staleTime: 60_000,
  });

/** The server's own address: the gateway knows it; without one it is the page's origin. */
export const serverUrlQuery = (api: RavenApi) =>
  queryOptions({ ...gatewayInfoQuery(api), select: ({ serverUrl }) => serverUrl });

/** How long one node may take to say when it saw certificates, in milliseconds: one that hangs must not hold back the others' answers. */
const lastUsePatience = 5_000;

/** When each certificate was last used, from every node: what has come is shown, and a node that doesn't answer is named. */
export const lastUseQuery = (api: RavenApi) =>
  queryOptions({
    queryKey: key(api, 'last-use'),
    queryFn: async ({ client, queryKey, signal }): Promise<LastUse> => {
      const { nodes } = await getClusterTopology(api, signal);
      // A passive server calls itself "?", which isn't a tag it takes: asked without one, it answers for itself.
      const tags = nodes.map(({ tag }) => tag).filter((tag) => tag !== '?');
      const answers = (tags.length === 0 ? [undefined] : tags).map((tag) => ({
        tag,
        node: tag ?? '?',
        lastUse: null as Awaited<ReturnType<typeof getLastUse>> | null,
      }));
      const first = client.getQueryData(queryKey) === undefined;
      await Promise.all(
        answers.map(async (answer) => {
          const patience = AbortSignal.any([signal, AbortSignal.timeout(lastUsePatience)]);
          answer.lastUse = await getLastUse(api, answer.tag, patience).catch(() => null);
          // Only before anything is known: later the old answer says more than half of a new one.
          if (first && answer.lastUse !== null && !signal.aborted) client.setQueryData(queryKey, mergeLastUse(answers));
        }),
      );
      return mergeLastUse(answers);
    },
    // A Map has no structure to share.
    structuralSharing: false,
    staleTime: 15_000,
  });
