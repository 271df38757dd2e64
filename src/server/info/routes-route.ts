import { route, type Route } from '../http/exchange.ts';
import { json } from '../http/reply.ts';

/**
 * `GET /debug/routes`: the paths that this node answers, each with its methods, in RavenDB's form. RavenDB lists those meant for finding
 * faults by themselves (`Debug`); this node has none.
 * @param database routes below `/databases/<name>`
 */
export function routesRoute(server: readonly Route[], database: readonly Route[]): Route {
  const methods = new Map<string, Set<string>>();
  const add = (method: string, path: string) => methods.set(path, (methods.get(path) ?? new Set()).add(method));
  const path = '/debug/routes';
  add('GET', path);
  for (const one of server) add(one.method, one.path);
  for (const one of database) add(one.method, `/databases/*${one.path}`);
  const all = [...methods].sort(([a], [b]) => (a < b ? -1 : 1));
  const answer = { Debug: [], Production: all.map(([at, of]) => ({ Path: at, Methods: [...of].join(', ') })) };
  return route('GET', path, 'ValidUser', () => json(answer));
}
