import type { ClusterTopology } from '../api/server.ts';

/** Whether a server belongs to no cluster yet; false while its topology isn't known. */
export const isPassive = (topology: ClusterTopology | undefined): boolean => topology?.nodeTag === '?';

/** What to know before the first change on a passive server: it becomes node A of a new cluster by it (contract §1.9). */
export const passiveText = {
  title: 'This server belongs to no cluster yet.',
  text: 'The first change makes it a cluster of its own. If it is to be a node of another one, add it there first: RavenDB adds no server that has a cluster already.',
} as const;
