export const about = 'A server that nobody has configured yet (must run first, before any certificate is registered).';
export const keep = true;
export default [
  { name: 'whoami', path: '/certificates/whoami' },
  { name: 'list', path: '/admin/certificates' },
  {
    name: 'list metadata',
    path: '/admin/certificates?metadataOnly=true&secondary=true',
    headers: { 'Raven-Studio-Version': '7.2.0' },
  },
  { name: 'server certificate by thumbprint', path: '/admin/certificates?thumbprint={{server.thumbprint}}' },
  { name: 'unknown thumbprint', path: '/admin/certificates?thumbprint=0000000000000000000000000000000000000000' },
  { name: 'mode', path: '/admin/certificates/mode' },
  { name: 'cluster domains', path: '/admin/certificates/cluster-domains' },
  { name: 'replacement status', path: '/admin/certificates/replacement/status' },
  { name: 'renewal date', path: '/admin/certificates/letsencrypt/renewal-date' },
  { name: 'local state', path: '/admin/certificates/local-state' },
  { name: 'local state apply', method: 'POST', path: '/admin/certificates/local-state/apply' },
  { name: 'export', path: '/admin/certificates/export', also: ['content-disposition'] },
  {
    name: 'export for communication',
    path: '/admin/certificates/for-communication/export',
    also: ['content-disposition'],
  },
  { name: 'purge', method: 'DELETE', path: '/admin/certificates/purge' },
  {
    name: 'delete unknown',
    method: 'DELETE',
    path: '/admin/certificates?thumbprint=0000000000000000000000000000000000000000',
  },
  { name: 'two-factor configuration', path: '/authentication/2fa/configuration' },
  { name: 'unknown route', path: '/admin/certificates/nothing-here' },
  { name: 'wrong method', method: 'PATCH', path: '/admin/certificates' },
  { name: 'HEAD', method: 'HEAD', path: '/admin/certificates' },
  {
    name: 'edit on a fresh server',
    method: 'POST',
    path: '/admin/certificates/edit',
    json: { Thumbprint: '{{cert.alice.thumbprint}}', Name: 'x', SecurityClearance: 'ValidUser', Permissions: {} },
  },
  { name: 'cluster domains after the first admin write', path: '/admin/certificates/cluster-domains' },
];
