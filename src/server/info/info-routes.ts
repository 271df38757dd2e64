import { cpus, release, totalmem, type } from 'node:os';
import { zonedDate } from '../certificates/definition.ts';
import { route, type Exchange, type Route } from '../http/exchange.ts';
import { RavenException } from '../http/raven-exception.ts';
import { empty, json, type Reply } from '../http/reply.ts';
import type { ServerNode } from '../server-node.ts';
import { version } from '../version.ts';
import { metadata } from './metadata.ts';

const gigabytes = () => totalmem() / 1024 ** 3;

/** What RavenDB tells of the machine. */
function machine() {
  return {
    NumberOfCores: cpus().length,
    InstalledMemoryInGb: gigabytes(),
    UsableMemoryInGb: gigabytes(),
    BuildInfo: { ...version.build, AssemblyVersion: version.header },
    OsInfo: { Type: type(), FullName: type(), Version: release(), BuildVersion: release(), Is64Bit: true },
  };
}

function stateOf({ cluster }: ServerNode) {
  return {
    CurrentState: cluster.passive ? 'Passive' : 'Leader',
    ServerRole: 'Member',
    LastStateChangeReason: cluster.passive ? 'Passive' : 'Leader of a cluster of one',
  };
}

/** What `/cluster/topology` and the notification of a change of it say. */
export function topologyOf(node: ServerNode) {
  const { cluster } = node;
  const members = { [cluster.nodeTag]: node.publicUrl };
  return {
    Topology: {
      TopologyId: cluster.topologyId ?? 'dummy',
      AllNodes: members,
      Members: members,
      Promotables: {},
      Watchers: {},
      LastNodeId: cluster.nodeTag,
      Etag: cluster.passive ? -1 : 1,
    },
    Leader: cluster.passive ? null : cluster.nodeTag,
    NodeTag: cluster.nodeTag,
    CurrentTerm: cluster.passive ? 0 : 1,
    NodeLicenseDetails: cluster.passive
      ? null
      : { [cluster.nodeTag]: { UtilizedCores: cpus().length, MaxUtilizedCores: null, ...machine() } },
    Status: {},
    CurrentState: stateOf(node).CurrentState,
  };
}

function clusterTopology({ node }: Exchange): Reply {
  const { cluster } = node;
  return json({
    ...metadata(node),
    ...topologyOf(node),
    Etag: cluster.passive ? -1 : 1,
    LeaderShipDuration: cluster.since === null ? null : Date.now() - cluster.since,
    ...stateOf(node),
  });
}

function nodeInfo({ node }: Exchange): Reply {
  const { cluster, identity } = node;
  return json({
    NodeTag: cluster.nodeTag,
    TopologyId: cluster.topologyId,
    Certificate: identity.current.der.toString('base64'),
    ClusterStatus: null,
    ...machine(),
    ...stateOf(node),
    HasFixedPort: true,
  });
}

/** `d.hh:mm:ss.fffffff`, as .NET writes a span of time. */
export function timeSpan(ms: number): string {
  const pad = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const days = Math.floor(ms / 86_400_000);
  const clock = [ms / 3_600_000 - days * 24, (ms / 60_000) % 60, (ms / 1000) % 60].map(pad).join(':');
  return `${days > 0 ? `${days}.` : ''}${clock}.${String(Math.floor(ms % 1000)).padStart(3, '0')}0000`;
}

/** `GET /admin/stats`: when the node and each certificate was last asked. */
function adminStats({ node, query }: Exchange): Reply {
  const tag = query.string('nodeTag');
  if (tag !== undefined && tag !== node.cluster.nodeTag)
    throw new RavenException(
      'Raven.Client.Exceptions.RequestedNodeUnavailableException',
      `Could not find requested node ${tag}.`,
    );
  const { statistics } = node;
  const date = (ms: number | null) => (ms === null ? null : zonedDate(ms));
  return json({
    ...metadata(node),
    UpTime: timeSpan(Date.now() - statistics.startUpTime),
    StartUpTime: date(statistics.startUpTime),
    LastRequestTime: date(statistics.lastRequestTime),
    LastAuthorizedNonClusterAdminRequestTime: date(statistics.lastNonAdminTime),
    LastRequestTimePerCertificate: Object.fromEntries(
      [...statistics.perCertificate()].map(([thumbprint, ms]) => [thumbprint, zonedDate(ms)]),
    ),
  });
}

function buildVersion({ node }: Exchange): Reply {
  const reply = json(version.build);
  return { ...reply, headers: { ...reply.headers, 'server-startup-time': zonedDate(node.statistics.startUpTime) } };
}

export const infoRoutes: readonly Route[] = [
  route('GET', '/build/version', 'ValidUser', buildVersion),
  route('GET', '/license/status', 'ValidUser', ({ node }) => json(node.licence.status(node.statistics.startUpTime))),
  route('GET', '/cluster/topology', 'ValidUser', clusterTopology),
  route('GET', '/cluster/node-info', 'ValidUser', nodeInfo),
  route('GET', '/admin/stats', 'Operator', adminStats, { quiet: true }),
  route('GET', '/admin/configuration/settings', 'ClusterAdmin', ({ node }) => json(node.settings.describe())),
  route('GET', '/studio-tasks/bootstrap', 'ValidUser', ({ node }) =>
    json({ CertificateExpiringThresholdInDays: node.settings.expiringThresholdDays }),
  ),
  route('GET', '/configuration/client', 'ValidUser', () => empty(404, { typed: true })),
  route('GET', '/configuration/studio', 'ValidUser', () => empty(404, { typed: true })),
];
