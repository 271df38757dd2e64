import { unsupportedRoute } from '../databases/unsupported.ts';
import { RavenException } from './raven-exception.ts';
import type { Route } from './exchange.ts';

export interface Match {
  readonly route: Route;
  /** The name in the path of a database route, as it was written. */
  readonly database?: string;
}

export const routeNotFound = (method: string, url: string): RavenException =>
  new RavenException(
    'Raven.Client.Exceptions.Routing.RouteNotFoundException',
    `There is no handler for path: ${method} ${url}`,
  );

/** Finds routes by method and exact path; paths are case-sensitive and take no extra slash. */
export class Router {
  readonly #server = new Map<string, Route>();
  readonly #database = new Map<string, Route>();
  readonly #files: readonly { prefix: string; route: Route }[];

  /**
   * @param server routes of the server
   * @param database routes below `/databases/<name>`
   * @param files routes of everything below their path
   */
  constructor(server: readonly Route[], database: readonly Route[], files: readonly Route[]) {
    for (const route of server) this.#server.set(`${route.method} ${route.path}`, route);
    for (const route of database) this.#database.set(`${route.method} ${route.path}`, route);
    this.#files = files.map((route) => ({ prefix: `${route.method} ${route.path}`, route }));
  }

  find(method: string, path: string): Match | undefined {
    const key = `${method} ${path}`;
    const route = this.#server.get(key);
    if (route !== undefined) return { route };
    const parts = /^\/databases\/([^/]*)(\/.*)$/.exec(path);
    if (parts !== null) {
      const [, database = '', rest = ''] = parts;
      const found = this.#database.get(`${method} ${rest}`) ?? unsupportedRoute(method, rest);
      return found === undefined ? undefined : { route: found, database };
    }
    const file = this.#files.find(({ prefix }) => key.startsWith(prefix) && key.length > prefix.length);
    return file === undefined ? undefined : { route: file.route };
  }

  /** The route that a preflight asks about: any method of a path that takes cross-origin requests. */
  preflight(path: string): Route | undefined {
    for (const method of ['POST', 'GET', 'PUT', 'DELETE']) {
      const route = this.#server.get(`${method} ${path}`);
      if (route?.cors === true) return route;
    }
    return undefined;
  }
}
