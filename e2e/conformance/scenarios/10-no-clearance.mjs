export const about =
  'Every route as a valid user, an unknown certificate, an expired one, one not valid yet, and without any.';
const routes = [
  ['GET', '/admin/certificates'],
  ['POST', '/admin/certificates', {}],
  ['PUT', '/admin/certificates', {}],
  ['DELETE', '/admin/certificates?thumbprint=AB'],
  ['DELETE', '/admin/certificates/purge'],
  ['POST', '/admin/certificates/edit', {}],
  ['GET', '/certificates/whoami'],
  ['GET', '/admin/certificates/export'],
  ['GET', '/admin/certificates/for-communication/export'],
  ['GET', '/admin/certificates/2fa/generate'],
  ['GET', '/authentication/2fa/configuration'],
  ['POST', '/authentication/2fa', { Token: '123456' }],
  ['DELETE', '/authentication/2fa'],
  ['PUT', '/admin/certificates/sso/user', {}],
  ['GET', '/admin/certificates/sso/server/fetch'],
  ['GET', '/admin/certificates/mode'],
  ['GET', '/admin/certificates/cluster-domains'],
  ['POST', '/admin/certificates/replace-cluster-cert', {}],
  ['GET', '/admin/certificates/replacement/status'],
  ['POST', '/admin/certificates/replacement/reset'],
  ['GET', '/admin/certificates/letsencrypt/renewal-date'],
  ['POST', '/admin/certificates/letsencrypt/force-renew'],
  ['POST', '/admin/certificates/refresh'],
  ['GET', '/admin/certificates/local-state'],
  ['DELETE', '/admin/certificates/local-state'],
  ['POST', '/admin/certificates/local-state/apply'],
  ['GET', '/admin/stats'],
  ['GET', '/admin/certificates/nothing-here'],
  ['GET', '/build/version'],
  ['GET', '/databases?namesOnly=true'],
];
const all = (as) =>
  routes.map(([method, path, json]) => ({
    name: `${as} ${method} ${path}`,
    as,
    method,
    path,
    json,
    ignore:
      path === '/build/version'
        ? ['BuildVersion', 'ProductVersion', 'CommitHash', 'FullVersion', 'AssemblyVersion']
        : [],
  }));
export default [
  {
    name: 'put alice',
    method: 'PUT',
    path: '/admin/certificates',
    json: {
      Name: 'alice',
      Certificate: '{{cert.alice.der}}',
      SecurityClearance: 'ValidUser',
      Permissions: { db1: 'ReadWrite' },
    },
  },
  {
    name: 'put expired',
    method: 'PUT',
    path: '/admin/certificates',
    json: { Name: 'old', Certificate: '{{cert.expired.der}}', SecurityClearance: 'ClusterAdmin', Permissions: {} },
  },
  {
    name: 'put not yet',
    method: 'PUT',
    path: '/admin/certificates',
    json: { Name: 'new', Certificate: '{{cert.notyet.der}}', SecurityClearance: 'ClusterAdmin', Permissions: {} },
  },
  ...all('alice'),
  ...all('stranger'),
  ...all('none'),
  ...all('expired').slice(0, 8),
  ...all('notyet').slice(0, 8),
  ...['alice', 'stranger', 'none', 'expired'].flatMap((as) =>
    ['text/html', 'application/json, text/html;q=0.1', '*/*', 'text/*'].map((accept) => ({
      name: `${as} accepting ${accept}`,
      as,
      path: '/admin/certificates',
      headers: { accept },
      also: ['location'],
    })),
  ),
];
