import { mutationOptions, queryOptions } from '@tanstack/react-query';
import { deleteCertificate, exportServerCertificates, getCertificates } from '../api/certificates.ts';
import type { RavenApi } from '../api/client.ts';
import { RavenError } from '../api/errors.ts';
import { hasGateway } from '../api/gateway.ts';
import { getClusterTopology } from '../api/server.ts';
import {
  forceRenew,
  getClusterDomains,
  getRenewalDate,
  getReplacementStatus,
  getSetupMode,
  type ReplaceServerCertificate,
  replaceServerCertificate,
  resetReplacement,
} from '../api/server-certificate.ts';
import { certificatesKey } from './certificates.ts';

const key = (api: RavenApi, what: string) => [...certificatesKey, 'server', what, api.baseUrl] as const;

/** How the server was set up: only `LetsEncrypt` renews by itself. */
export const setupModeQuery = (api: RavenApi) =>
  queryOptions({
    queryKey: key(api, 'mode'),
    queryFn: ({ signal }) => getSetupMode(api, signal),
    staleTime: 300_000,
  });

/** Host names of the nodes, for which a server certificate has to be good. */
export const clusterDomainsQuery = (api: RavenApi) =>
  queryOptions({
    queryKey: key(api, 'domains'),
    queryFn: ({ signal }) => getClusterDomains(api, signal),
    staleTime: 60_000,
  });

/** When the server will renew by itself, milliseconds UTC. Asked in the setup mode `LetsEncrypt` only: elsewhere it is refused. */
export const renewalDateQuery = (api: RavenApi) =>
  queryOptions({
    queryKey: key(api, 'renewal-date'),
    queryFn: ({ signal }) => getRenewalDate(api, signal),
    staleTime: 60_000,
  });

/** The servers' certificates as a PFX without keys: nothing of it is secret. */
export const serverCertificatesQuery = (api: RavenApi) =>
  queryOptions({
    queryKey: key(api, 'export'),
    queryFn: ({ signal }) => exportServerCertificates(api, signal),
    structuralSharing: false,
    staleTime: 60_000,
  });

/** Milliseconds between two looks at a replacement that is under way. */
const replacementPace = 1_000;

export interface ReplacementLook {
  /** Null when none is under way on the node that answered. */
  readonly status: Awaited<ReturnType<typeof getReplacementStatus>>;
  /** Thumbprint of the certificate that this node serves. */
  readonly servedThumbprint: string | null;
  /** When it was seen, milliseconds UTC. */
  readonly at: number;
}

/**
 * One look at where a replacement stands: what is pending first, then what is served, so that the end of one is never seen before
 * the other. Repeated, while the page is visible, as long as one is pending or what is awaited hasn't come.
 * @param arrived whether what is awaited has come, by the thumbprint that is served; null when nobody waits
 */
export const replacementQuery = (api: RavenApi, arrived: ((served: string | null) => boolean) | null = null) =>
  queryOptions({
    queryKey: key(api, 'replacement'),
    queryFn: async ({ signal }): Promise<ReplacementLook> => {
      const status = await getReplacementStatus(api, signal);
      const { loadedServerThumbprint } = await getCertificates(api, { start: 0, pageSize: 1 }, signal);
      return { status, servedThumbprint: loadedServerThumbprint, at: Date.now() };
    },
    // Gone and refused are states to show at once, and the next look comes anyway.
    retry: false,
    staleTime: 0,
    refetchInterval: ({ state: { data } }) =>
      data?.status != null || arrived?.(data?.servedThumbprint ?? null) === false ? replacementPace : false,
  });

/** The file with its key and the passphrase pass through here: reset the mutation when it has settled. */
export const replaceServerMutation = (api: RavenApi) =>
  mutationOptions({
    mutationKey: key(api, 'replace'),
    mutationFn: (replace: ReplaceServerCertificate) => replaceServerCertificate(api, replace),
    gcTime: 0,
  });

/** What cancelling a replacement came to. */
export type CancelledReplacement =
  | { readonly everywhere: true; readonly entryRemoved: boolean }
  /** On the node that was asked only; the others have to be asked as well. */
  | { readonly everywhere: false };

/**
 * Drops a pending replacement on every node and then the entry that RavenDB made for the new certificate: left behind, it would stay a
 * cluster node's, with all rights (contract §10.1). RavenDB's reset is that of the node that is asked; the gateway asks all of them. While
 * one is left the entry stays, since by it one knows what that node may still begin to serve.
 * @throws RavenError `Gateway.NodesLeft` that names the nodes on which it is still pending
 */
export const cancelReplacementMutation = (api: RavenApi) =>
  mutationOptions({
    mutationKey: key(api, 'cancel-replacement'),
    mutationFn: async (newThumbprint: string): Promise<CancelledReplacement> => {
      await resetReplacement(api);
      if (!hasGateway(api) && (await getClusterTopology(api)).nodes.length > 1) return { everywhere: false };
      try {
        await deleteCertificate(api, newThumbprint);
        return { everywhere: true, entryRemoved: true };
      } catch (error) {
        if (error instanceof RavenError) return { everywhere: true, entryRemoved: false };
        throw error;
      }
    },
  });

/** Renews now; false when a renewal is running already. */
export const renewServerMutation = (api: RavenApi) =>
  mutationOptions({
    mutationKey: key(api, 'renew'),
    mutationFn: () => forceRenew(api),
  });
