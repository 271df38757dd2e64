import { type RavenApi, requestJson } from './client.ts';
import { date, number, object, string, stringOr, strings } from './json.ts';

/** `GET /databases?namesOnly=true`: names of the databases this certificate may open, sorted. Needs ValidUser. */
export const getDatabaseNames = (api: RavenApi, signal?: AbortSignal): Promise<string[]> =>
  requestJson(api, { path: '/databases', query: { namesOnly: true }, signal }, (body) =>
    strings(object(body).Databases).sort(),
  );

export interface BuildVersion {
  /** Such as `7.2.7`. */
  readonly productVersion: string;
}

export const getBuildVersion = (api: RavenApi, signal?: AbortSignal): Promise<BuildVersion> =>
  requestJson(api, { path: '/build/version', signal }, (body) => {
    const wire = object(body);
    // A release's FullVersion is `7.2.7`, its ProductVersion only `7.2`.
    return { productVersion: stringOr(wire.FullVersion, string(wire.ProductVersion)) };
  });

export interface LicenceStatus {
  /** RavenDB's name of the licence's type, `None` without one. */
  readonly type: string;
  /** Whether permissions may be nothing but `Read`. */
  readonly hasReadOnlyCertificates: boolean;
  readonly hasSso: boolean;
}

export const getLicenceStatus = (api: RavenApi, signal?: AbortSignal): Promise<LicenceStatus> =>
  requestJson(api, { path: '/license/status', signal }, (body) => {
    const wire = object(body);
    return {
      type: stringOr(wire.Type, 'None'),
      hasReadOnlyCertificates: wire.HasReadOnlyCertificates === true,
      hasSso: wire.HasSso === true,
    };
  });

export interface ClusterNode {
  /** Such as `A`. */
  readonly tag: string;
  /** Its own address, `https://host:port`. */
  readonly url: string;
  /** Whether the leader reaches it; null where the node that answered doesn't know (only the leader does). */
  readonly connected: boolean | null;
}

export interface ClusterTopology {
  /** Tag of the node that answered; `?` while the server is passive. */
  readonly nodeTag: string;
  /** Tag of the leader; null while there is none. */
  readonly leader: string | null;
  /** It is in no cluster yet: its first change makes it one. */
  readonly passive: boolean;
  /** Every node: members, promotables and watchers. */
  readonly nodes: readonly ClusterNode[];
}

/** A group of nodes in the topology, or what the leader knows of them; RavenDB leaves out what is empty. */
const group = (value: unknown): [string, unknown][] => Object.entries(value == null ? {} : object(value));

export const getClusterTopology = (api: RavenApi, signal?: AbortSignal): Promise<ClusterTopology> =>
  requestJson(api, { path: '/cluster/topology', signal }, (body) => {
    const wire = object(body);
    const topology = object(wire.Topology);
    const status = new Map(group(wire.Status).map(([tag, value]) => [tag, object(value).Connected === true]));
    const nodeTag = stringOr(wire.NodeTag, '?');
    const nodes = [topology.Members, topology.Promotables, topology.Watchers].flatMap(group).map(([tag, url]) => ({
      tag,
      url: string(url),
      connected: tag === nodeTag ? true : (status.get(tag) ?? null),
    }));
    return {
      nodeTag,
      leader: typeof wire.Leader === 'string' ? wire.Leader : null,
      passive: wire.CurrentState === 'Passive' || nodeTag === '?',
      nodes,
    };
  });

/**
 * `GET /admin/stats`: when each certificate was last seen by one node, thumbprint (upper-case) to milliseconds UTC. Updated every 15 s
 * at most and not kept over a restart (contract §12.1). `unrecorded` by a version that doesn't record it: 5.4 leaves the field out, 6.2
 * and later have it even when it is empty.
 */
export const getLastUse = (
  api: RavenApi,
  nodeTag: string | undefined,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, number> | 'unrecorded'> =>
  requestJson(api, { path: '/admin/stats', query: { nodeTag }, signal }, (body) => {
    const recorded = object(body).LastRequestTimePerCertificate;
    if (recorded === undefined) return 'unrecorded';
    const last = new Map<string, number>();
    for (const [thumbprint, value] of Object.entries(object(recorded))) {
      const time = date(value);
      if (time !== null) last.set(thumbprint.toUpperCase(), time);
    }
    return last;
  });

/** `GET /studio-tasks/bootstrap`: days before its end from which a certificate counts as expiring (default 14). */
export const getExpiringThreshold = (api: RavenApi, signal?: AbortSignal): Promise<number> =>
  requestJson(api, { path: '/studio-tasks/bootstrap', signal }, (body) =>
    number(object(body).CertificateExpiringThresholdInDays),
  );
