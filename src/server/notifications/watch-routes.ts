import { zonedDate } from '../certificates/definition.ts';
import type { WatchRoute } from '../http/upgrade.ts';
import { topologyOf } from '../info/info-routes.ts';

/** What Studio listens to: the notification center, and the dashboard, which learns the server's time and nothing else here. */
export const watchRoutes: readonly WatchRoute[] = [
  {
    path: '/server/notification-center/watch',
    level: 'ValidUser',
    operations: true,
    greeting: (node) => [
      {
        Id: 'ClusterTopologyChanged',
        CreatedAt: zonedDate(Date.now()),
        Type: 'ClusterTopologyChanged',
        Title: 'Cluster topology was changed',
        Message: null,
        Severity: 'Info',
        IsPersistent: false,
        Database: null,
        ...topologyOf(node),
      },
    ],
  },
  {
    path: '/cluster-dashboard/watch',
    level: 'ValidUser',
    operations: false,
    greeting: () => [{ Id: -1, Data: { Type: 'ServerTime', Date: zonedDate(Date.now()) } }],
  },
];
