import { route, type Route } from '../http/exchange.ts';
import { notSupportedError, type RavenException } from '../http/raven-exception.ts';

/** What RavenDB's databases have and this server's don't, by the first part of their paths. */
const parts = {
  queries: 'queries',
  streams: 'streamed answers',
  attachments: 'attachments',
  bulk_insert: 'bulk inserts',
  multi_get: 'several requests in one',
  indexes: 'indexes',
  subscriptions: 'subscriptions',
  changes: 'notices of changes',
  counters: 'counters',
  timeseries: 'time series',
  revisions: 'revisions',
  cmpxchg: 'compare-exchange values',
  smuggler: 'exports and imports',
  operations: 'operations that go on by themselves',
  collections: 'collections',
  replication: 'replication',
  etl: 'ETL',
  'ai-integration': 'AI integration',
  facets: 'queries',
  patches: 'patches',
} as const;

type Part = (typeof parts)[keyof typeof parts];

/** The exception that says so. */
export const unsupported = (what: Part): RavenException =>
  notSupportedError(`This server has no ${what}: it keeps documents by their ids. For more use RavenDB.`);

const routeOf = (what: Part): Route =>
  route('', '', 'DatabaseRead', () => {
    throw unsupported(what);
  });

const routes: ReadonlyMap<string, Route> = new Map(Object.entries(parts).map(([part, what]) => [part, routeOf(what)]));
const patch = routeOf('patches');

/** The route of what isn't here, so that it says so to those who may read the database; undefined for what RavenDB hasn't either. */
export function unsupportedRoute(method: string, path: string): Route | undefined {
  if (method === 'PATCH' && path === '/docs') return patch;
  const [, part = '', below] = path.split('/');
  return routes.get(part === 'admin' ? (below ?? '') : part);
}
