import { type RavenApi, request, requestJson } from './client.ts';
import { RavenError } from './errors.ts';
import { date, number, object, string, strings } from './json.ts';

/** RavenDB's `Setup.Mode`: `None`, `Initial`, `LetsEncrypt`, `Secured` or `Unsecured`. Needs ClusterAdmin. */
export const getSetupMode = (api: RavenApi, signal?: AbortSignal): Promise<string> =>
  requestJson(api, { path: '/admin/certificates/mode', signal }, (body) => string(object(body).SetupMode));

/** Host names of the cluster's nodes: what a new server certificate has to cover. Needs ClusterAdmin. */
export const getClusterDomains = (api: RavenApi, signal?: AbortSignal): Promise<string[]> =>
  requestJson(api, { path: '/admin/certificates/cluster-domains', signal }, (body) =>
    strings(object(body).ClusterDomains),
  );

export interface ReplaceServerCertificate {
  /** Base64 of a PFX with its private key. */
  readonly pfx: string;
  readonly passphrase?: string;
  /** False: when every node has confirmed the new certificate. */
  readonly immediately: boolean;
}

/** `POST /admin/certificates/replace-cluster-cert`: returns when the replacement has begun, not when it is done. */
export async function replaceServerCertificate(
  api: RavenApi,
  replace: ReplaceServerCertificate,
  signal?: AbortSignal,
): Promise<void> {
  await request(api, {
    method: 'POST',
    path: '/admin/certificates/replace-cluster-cert',
    query: { replaceImmediately: replace.immediately },
    json: { Certificate: replace.pfx, ...(replace.passphrase === undefined ? {} : { Password: replace.passphrase }) },
    signal,
  });
}

export interface ReplacementStatus {
  /** Nodes that hold the new certificate. */
  readonly confirmations: number;
  /** Nodes that serve it. */
  readonly replaced: number;
  readonly thumbprint: string;
  readonly oldThumbprint: string;
  readonly immediately: boolean;
}

/** `GET /admin/certificates/replacement/status`; null when no replacement is running. */
export async function getReplacementStatus(api: RavenApi, signal?: AbortSignal): Promise<ReplacementStatus | null> {
  try {
    return await requestJson(api, { path: '/admin/certificates/replacement/status', signal }, (body) => {
      const wire = object(body);
      return {
        confirmations: number(wire.Confirmations),
        replaced: number(wire.Replaced),
        thumbprint: string(wire.Thumbprint),
        oldThumbprint: string(wire.OldThumbprint),
        immediately: wire.ReplaceImmediately === true,
      };
    });
  } catch (error) {
    if (error instanceof RavenError && error.status === 404) return null;
    throw error;
  }
}

/** `POST /admin/certificates/replacement/reset`: drops a pending replacement on the node that is asked. */
export async function resetReplacement(api: RavenApi, signal?: AbortSignal): Promise<void> {
  await request(api, { method: 'POST', path: '/admin/certificates/replacement/reset', signal });
}

/** `GET /admin/certificates/letsencrypt/renewal-date`; refused (500) unless the setup mode renews by itself. */
export const getRenewalDate = (api: RavenApi, signal?: AbortSignal): Promise<number | null> =>
  requestJson(api, { path: '/admin/certificates/letsencrypt/renewal-date', signal }, (body) =>
    date(object(body).EstimatedRenewal),
  );

/** `POST /admin/certificates/letsencrypt/force-renew`; false when a renewal is running already. */
export const forceRenew = (api: RavenApi, signal?: AbortSignal): Promise<boolean> =>
  requestJson(
    api,
    { method: 'POST', path: '/admin/certificates/letsencrypt/force-renew', signal },
    (body) => object(body).Success === true,
  );
