import type { Certificate, SecurityClearance } from '../api/types.ts';

type Clearance = Certificate['clearance'];

/** What people read, RavenDB's name in other words. */
export const clearanceLabels: Readonly<Record<Clearance, string>> = {
  ClusterAdmin: 'Cluster admin',
  ClusterNode: 'Cluster node',
  Operator: 'Operator',
  ValidUser: 'User',
  UnauthenticatedClients: 'User without clearance',
  Unknown: 'Unknown clearance',
};

/** The ones a person may give to a new certificate; `ClusterNode` is given by setting up a cluster. */
export const offeredClearances = [
  'ValidUser',
  'Operator',
  'ClusterAdmin',
] as const satisfies readonly SecurityClearance[];
export type OfferedClearance = (typeof offeredClearances)[number];

/** What each of them opens, in one line. */
export const clearanceReach: Readonly<Record<OfferedClearance, string>> = {
  ValidUser: 'Only the databases chosen below',
  Operator: 'All databases, not the cluster',
  ClusterAdmin: 'Everything',
};

/** RavenDB treats a node of the cluster as its admin (contract §4.3). */
export const isClusterAdmin = (clearance: Clearance): boolean =>
  clearance === 'ClusterAdmin' || clearance === 'ClusterNode';

/** Whether permissions per database matter: whoever is more than a user reaches every database. */
export const reachesAllDatabases = (clearance: Clearance): boolean =>
  isClusterAdmin(clearance) || clearance === 'Operator';
