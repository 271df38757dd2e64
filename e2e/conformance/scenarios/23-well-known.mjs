export const about = 'Admins by thumbprint and by issuer from the configuration: let in without being registered.';
export const config = 'well-known';
const who = (as) => ({ name: `${as} whoami`, as, path: '/certificates/whoami' });
const mode = (as, extra) => ({ name: `${as} asks for the mode`, as, path: '/admin/certificates/mode', ...extra });
const put = (n, clearance, more) => ({
  name: `put ${n}`,
  method: 'PUT',
  path: '/admin/certificates',
  json: { Name: n, Certificate: `{{cert.${n}.der}}`, SecurityClearance: clearance, Permissions: {}, ...more },
});
export default [
  { name: 'list', path: '/admin/certificates?metadataOnly=true' },
  ...['wkadmin', 'wkca', 'wkleaf', 'leaf1', 'stranger'].flatMap((as) => [who(as), mode(as)]),
  put('wkadmin', 'ValidUser'),
  who('wkadmin'),
  mode('wkadmin', { name: 'registered lower, keeps its rights' }),
  put('wkleaf', 'Operator'),
  who('wkleaf'),
  mode('wkleaf', { name: 'registered lower, keeps its rights too' }),
  { name: 'list afterwards', path: '/admin/certificates?metadataOnly=true' },
  {
    name: 'a well-known admin deletes its own entry',
    as: 'wkadmin',
    method: 'DELETE',
    path: '/admin/certificates?thumbprint={{cert.wkadmin.thumbprint}}',
  },
  { name: 'by somebody else', method: 'DELETE', path: '/admin/certificates?thumbprint={{cert.wkadmin.thumbprint}}' },
  who('wkadmin'),
  {
    name: 'login of a well-known admin',
    as: 'wkleaf',
    method: 'POST',
    path: '/authentication/2fa',
    json: { Token: '123456' },
  },
  {
    name: 'login of one that is not registered',
    as: 'wkadmin',
    method: 'POST',
    path: '/authentication/2fa',
    json: { Token: '123456' },
  },
  { name: 'single', path: '/admin/certificates?thumbprint={{cert.wkca.thumbprint}}' },
  { name: 'local state', path: '/admin/certificates/local-state' },
  {
    name: 'a well-known admin registers another',
    as: 'wkadmin',
    method: 'PUT',
    path: '/admin/certificates',
    json: { Name: 'a', Certificate: '{{cert.alice.der}}', SecurityClearance: 'ClusterAdmin', Permissions: {} },
  },
];
