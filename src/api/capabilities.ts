import { whoAmI } from './certificates.ts';
import { type RavenApi, requestJson } from './client.ts';
import { RavenError } from './errors.ts';
import { array, object, string } from './json.ts';
import { getBuildVersion } from './server.ts';
import type { WhoAmI } from './types.ts';

/** What a server says of itself when it is asked what it can do. */
export interface ServerFacts {
  /** Such as `7.2.7`. */
  readonly version: string;
  /** The paths that it answers; null when it doesn't tell. */
  readonly routes: ReadonlySet<string> | null;
  /** Whether it knows certificates that are disabled; null when it doesn't know ours, by which we would see it. */
  readonly disables: boolean | null;
}

/**
 * `GET /debug/routes`: the paths that the server answers (measured from 5.4.115 to 7.2.7, about 30 kB). Null where this certificate or
 * what stands between may not ask.
 */
export const getRoutes = (api: RavenApi, signal?: AbortSignal): Promise<ReadonlySet<string> | null> =>
  requestJson(
    api,
    { path: '/debug/routes', signal },
    (body) =>
      new Set(
        Object.values(object(body)).flatMap((group) => array(group).map((route) => string(object(route).Path))),
      ) as ReadonlySet<string>,
  ).catch((error: unknown) => {
    if (error instanceof RavenError && [400, 403, 404].includes(error.status)) return null;
    throw error;
  });

/** Certificates have `Disabled` from the version on that can disable them, whatever its value (contract §3.5). */
export const disablesOf = (me: WhoAmI | null): boolean | null => (me === null ? null : me.disabled !== null);

export async function getServerFacts(api: RavenApi, signal?: AbortSignal): Promise<ServerFacts> {
  const [{ productVersion }, routes, me] = await Promise.all([
    getBuildVersion(api, signal),
    getRoutes(api, signal),
    whoAmI(api, signal),
  ]);
  return { version: productVersion, routes, disables: disablesOf(me) };
}
