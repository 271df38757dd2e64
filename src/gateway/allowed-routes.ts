/** A route of RavenDB that the console uses (contract §6 and its neighbours). Nothing else gets through. */
export interface AllowedRoute {
  /**
   * What a good answer may mean for how RavenDB sees our connections, which it settles once per connection (contract §4.5):
   * `always` it may have changed, `own` only when the request is about our own certificate.
   */
  readonly changesIdentity?: 'always' | 'own';
  /** Answered with 307 by a node that isn't the leader; the body has to be kept for the second try. */
  readonly leaderOnly?: boolean;
  /** The server shows another certificate afterwards. */
  readonly replacesServer?: boolean;
  /**
   * RavenDB does it on the node that is asked alone, so that the gateway has every node do it: a `session` with a second factor (best
   * effort), a `reset` of what is pending (all or an error that names who is left).
   */
  readonly everyNode?: 'session' | 'reset';
  /** Its answer names the nodes of the cluster. */
  readonly tellsNodes?: boolean;
}

const plain: AllowedRoute = {};
const identity: AllowedRoute = { changesIdentity: 'always' };
const perhapsOwn: AllowedRoute = { changesIdentity: 'own' };

const routes: ReadonlyMap<string, AllowedRoute> = new Map([
  ['GET /admin/certificates', plain],
  ['POST /admin/certificates', plain],
  // What is uploaded may be our own certificate in any of four formats.
  ['PUT /admin/certificates', identity],
  ['DELETE /admin/certificates', perhapsOwn],
  ['DELETE /admin/certificates/purge', identity],
  ['POST /admin/certificates/edit', perhapsOwn],
  ['GET /admin/certificates/export', plain],
  ['GET /admin/certificates/for-communication/export', plain],
  ['GET /admin/certificates/2fa/generate', plain],
  ['GET /admin/certificates/history', plain],
  ['PUT /admin/certificates/sso/user', plain],
  ['GET /admin/certificates/sso/server/fetch', plain],
  ['GET /admin/certificates/mode', plain],
  ['GET /admin/certificates/cluster-domains', plain],
  ['POST /admin/certificates/replace-cluster-cert', { ...identity, leaderOnly: true, replacesServer: true }],
  ['GET /admin/certificates/replacement/status', plain],
  ['POST /admin/certificates/replacement/reset', { ...identity, everyNode: 'reset' }],
  ['GET /admin/certificates/letsencrypt/renewal-date', plain],
  ['POST /admin/certificates/letsencrypt/force-renew', { ...identity, leaderOnly: true, replacesServer: true }],
  ['POST /admin/certificates/refresh', { ...identity, leaderOnly: true, replacesServer: true }],
  ['GET /admin/certificates/local-state', plain],
  ['DELETE /admin/certificates/local-state', identity],
  ['POST /admin/certificates/local-state/apply', identity],
  ['GET /certificates/whoami', plain],
  ['GET /authentication/2fa/configuration', plain],
  ['POST /authentication/2fa', { ...identity, everyNode: 'session' }],
  ['DELETE /authentication/2fa', { ...identity, everyNode: 'session' }],
  ['GET /admin/stats', plain],
  ['GET /admin/configuration/settings', plain],
  ['GET /build/version', plain],
  ['GET /cluster/node-info', plain],
  ['GET /cluster/topology', { tellsNodes: true }],
  ['GET /databases', plain],
  ['GET /debug/routes', plain],
  ['GET /license/status', plain],
  ['GET /studio-tasks/bootstrap', plain],
]);

/**
 * The route for a method and a path exactly as it stands in the request. RavenDB's own paths hold nothing but letters, digits, `-` and
 * `/`, so that an encoded, doubled or dotted spelling simply isn't one of them.
 */
export const allowedRoute = (method: string, path: string): AllowedRoute | undefined => routes.get(`${method} ${path}`);
