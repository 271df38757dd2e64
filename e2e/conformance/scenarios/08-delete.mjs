export const about = 'DELETE: own, server, unknown, secondary, primary, last admin.';
const put = (n, clearance, more) => ({
  name: `put ${n}`,
  method: 'PUT',
  path: '/admin/certificates',
  json: { Name: n, Certificate: `{{cert.${n}.der}}`, SecurityClearance: clearance, Permissions: {}, ...more },
});
const del = (name, thumb, as = 'server') => ({
  name,
  as,
  method: 'DELETE',
  path: `/admin/certificates?thumbprint=${thumb}`,
  also: ['content-type'],
});
const list = { name: 'list', path: '/admin/certificates?metadataOnly=true&secondary=true' };
export default [
  put('alice', 'ClusterAdmin'),
  put('bob', 'Operator'),
  put('carol', 'ValidUser'),
  del('unknown', '0000000000000000000000000000000000000000'),
  del('rubbish', 'x%20y'),
  del('empty', ''),
  { name: 'no thumbprint', method: 'DELETE', path: '/admin/certificates' },
  { name: 'thumbprint twice', method: 'DELETE', path: '/admin/certificates?thumbprint=A&thumbprint=B' },
  del('own', '{{cert.alice.thumbprint}}', 'alice'),
  del('own in lower case', '{{lower.cert.bob.thumbprint}}', 'bob'),
  list,
  del('the server certificate by itself', '{{server.thumbprint}}'),
  del('the server certificate by an admin', '{{server.thumbprint}}', 'alice'),
  list,
  del('lower case', '{{lower.cert.carol.thumbprint}}'),
  del('twice', '{{cert.carol.thumbprint}}'),
  list,
  del('last admin', '{{cert.alice.thumbprint}}'),
  { name: 'deleted admin lists', as: 'alice', path: '/admin/certificates' },
  list,
  {
    name: 'put three',
    method: 'PUT',
    path: '/admin/certificates',
    json: { Name: 'set', Certificate: '{{file.three.pfx}}', SecurityClearance: 'ValidUser', Permissions: {} },
  },
  list,
  del('a secondary', '{{cert.carol.thumbprint}}'),
  del('the primary', '{{cert.erin.thumbprint}}'),
  list,
];
