export const about = 'Purge of expired certificates.';
const put = (n, cert, clearance = 'ValidUser') => ({
  name: `put ${n}`,
  method: 'PUT',
  path: '/admin/certificates',
  json: { Name: n, Certificate: cert, SecurityClearance: clearance, Permissions: {} },
});
const list = { name: 'list', path: '/admin/certificates?metadataOnly=true&secondary=true' };
const purge = (name, as = 'server', q = '') => ({ name, as, method: 'DELETE', path: `/admin/certificates/purge${q}` });
export default [
  purge('nothing to purge'),
  put('expired', '{{cert.expired.der}}', 'ClusterAdmin'),
  put('notyet', '{{cert.notyet.der}}'),
  put('alice', '{{cert.alice.der}}'),
  put('bob', '{{cert.bob.der}}', 'Operator'),
  list,
  purge('by a user', 'alice'),
  purge('by nobody', 'none'),
  purge('page size 0', 'bob', '?pageSize=0'),
  list,
  purge('by an operator', 'bob'),
  list,
  purge('again'),
  { name: 'GET purge', path: '/admin/certificates/purge' },
  { name: 'POST purge', method: 'POST', path: '/admin/certificates/purge' },
];
