import { expect, it } from 'vitest';
import type { ClusterTopology } from '../api/server.ts';
import { clusterHealth } from './cluster-health.ts';

const cluster = (
  more: Partial<ClusterTopology> = {},
  connected: Readonly<Record<string, boolean>> = {},
): ClusterTopology => ({
  nodeTag: 'A',
  leader: 'A',
  passive: false,
  nodes: ['A', 'B', 'C'].map((tag) => ({ tag, url: `https://${tag}.example`, connected: connected[tag] ?? null })),
  ...more,
});

it('says who answers, who leads and who is away', () => {
  expect(clusterHealth(cluster(), []).phrases).toEqual(['node A of 3, leader']);
  expect(clusterHealth(cluster({ nodeTag: 'B' }), []).phrases).toEqual(['node B of 3', 'A leads']);
  expect(clusterHealth(cluster({}, { C: false }), ['https://b.example']).phrases).toEqual([
    'node A of 3, leader',
    'B and C are away',
  ]);
});

it('doesn’t call the node that answers away, whatever the gateway saw last', () => {
  expect(clusterHealth(cluster(), ['https://a.example', 'https://elsewhere.example']).away).toEqual([]);
});

it('knows a cluster without a leader from a server that is in none yet', () => {
  expect(clusterHealth(cluster({ leader: null }), [])).toMatchObject({
    leaderless: true,
    phrases: ['node A of 3', 'no leader'],
  });
  const nodes = [{ tag: '?', url: 'https://a.example', connected: true }];
  expect(clusterHealth(cluster({ nodeTag: '?', leader: null, passive: true, nodes }), [])).toEqual({
    leaderless: false,
    away: [],
    phrases: [],
  });
});

it('has nothing to say of a single node', () => {
  const nodes = [{ tag: 'A', url: 'https://a.example', connected: true }];
  expect(clusterHealth(cluster({ nodes }), []).phrases).toEqual([]);
});
