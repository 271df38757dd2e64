/**
 * For specs only: who may use which route, written down from RavenDB's contract and not from what the node does, so that the two can be held
 * against each other.
 */

/** Who a route is for; the last three are about the database in its path. */
export type Level = 'anybody' | 'page' | 'user' | 'operator' | 'admin' | 'read' | 'write' | 'database-admin';

/** The database that some of the people in the matrix may use, and one that they may not. */
export const granted = 'Orders';
export const other = 'Stock';

export interface RouteLevel {
  readonly method: string;
  /** With what keeps it harmless for those who may. */
  readonly path: string;
  readonly level: Level;
  readonly database?: string;
}

const at = '/admin/certificates';
const routes = (level: Level, text: string): RouteLevel[] =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [method = '', path = ''] = line.trim().split(' ');
      return { method, path, level };
    });

/** Below `/databases/<name>`: a right to read reads, one to write reads and writes, only an admin of the database does the rest. */
const documents = [
  ...routes('read', 'GET /docs\nPOST /docs\nGET /stats\nGET /configuration/client'),
  ...routes('write', 'PUT /docs\nDELETE /docs\nPOST /bulk_docs\nGET /hilo/next\nPUT /hilo/return'),
  ...routes('database-admin', 'GET /admin/tombstones/state'),
];

export const routeLevels: readonly RouteLevel[] = [
  ...routes(
    'operator',
    `GET ${at}
     POST ${at}
     PUT ${at}
     DELETE ${at}
     DELETE ${at}/purge?start=1000000
     POST ${at}/edit
     GET ${at}/export
     GET ${at}/for-communication/export
     GET ${at}/2fa/generate
     PUT ${at}/sso/user
     GET ${at}/local-state
     GET ${at}/history
     GET /admin/stats
     GET /admin/databases
     PUT /admin/databases
     DELETE /admin/databases`,
  ),
  ...routes(
    'admin',
    `GET ${at}/sso/server/fetch
     GET ${at}/mode
     GET ${at}/cluster-domains
     POST ${at}/replace-cluster-cert
     GET ${at}/replacement/status
     POST ${at}/replacement/reset
     GET ${at}/letsencrypt/renewal-date
     POST ${at}/letsencrypt/force-renew
     POST ${at}/refresh
     DELETE ${at}/local-state
     POST ${at}/local-state/apply
     GET /admin/configuration/settings`,
  ),
  ...routes(
    'user',
    `GET /databases
     GET /topology?name=${granted}
     GET /build/version
     POST /build/version/updates
     GET /license/status
     GET /cluster/topology
     GET /cluster/node-info
     GET /studio-tasks/bootstrap
     GET /configuration/client
     GET /configuration/studio`,
  ),
  ...routes(
    'anybody',
    `GET /certificates/whoami
     GET /authentication/2fa/configuration
     POST /authentication/2fa
     DELETE /authentication/2fa
     GET /
     GET /2fa/index.html
     GET /auth-error.html
     GET /studio
     GET /studio/no-such-file.js
     GET /2fa/no-such-file.js`,
  ),
  ...routes('page', 'GET /studio/index.html\nGET /studio/'),
  ...[granted, other].flatMap((database) =>
    documents.map((route) => ({ ...route, path: `/databases/${database}${route.path}`, database })),
  ),
];

/** What somebody is let in as. A certificate that still needs its code, and one that isn't let in, are refused with different statuses. */
export type Standing = 'admin' | 'operator' | 'user' | 'locked' | 'nobody';
export type Access = 'Read' | 'ReadWrite' | 'Admin';

const alsoBelow: Record<Standing, readonly Level[]> = {
  nobody: ['anybody'],
  locked: ['anybody', 'page'],
  user: ['anybody', 'page', 'user'],
  operator: ['anybody', 'page', 'user', 'operator', 'read', 'write', 'database-admin'],
  admin: ['anybody', 'page', 'user', 'operator', 'admin', 'read', 'write', 'database-admin'],
};
const byAccess: Record<Access, readonly Level[]> = {
  Read: ['read'],
  ReadWrite: ['read', 'write'],
  Admin: ['read', 'write', 'database-admin'],
};

/** May somebody of that standing, with that access to the granted database alone, use the route? */
export function mayUse(standing: Standing, access: Access | undefined, { level, database }: RouteLevel): boolean {
  if (alsoBelow[standing].includes(level)) return true;
  return standing === 'user' && access !== undefined && database === granted && byAccess[access].includes(level);
}
