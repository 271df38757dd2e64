export const about = 'POST: what the ZIP holds and what is stored.';
const post = (name, change, extra) => ({
  name,
  method: 'POST',
  path: '/admin/certificates',
  also: ['content-disposition'],
  json: { Name: name, SecurityClearance: 'ValidUser', Permissions: { db1: 'ReadWrite' }, ...change },
  ...extra,
});
export default [
  post('plain'),
  post('protected', { Password: 'p4ss word' }, { pfxPassword: 'p4ss word' }),
  post('until2040', { NotAfter: '2040-05-06T07:08:09.0000000Z' }),
  post('until2040local', { NotAfter: '2040-05-06T07:08:09' }),
  post('operator', { SecurityClearance: 'Operator', Permissions: {} }, { saveIdentity: 'op' }),
  post('admin', { SecurityClearance: 'ClusterAdmin', Permissions: null }, { saveIdentity: 'admin' }),
  post('node', { SecurityClearance: 'ClusterNode', Permissions: {} }),
  post('no clearance', { SecurityClearance: undefined }),
  post('name with a space é/ü'),
  post('quote"and;semicolon'),
  post('dots..\\back'),
  post('plain'),
  {
    name: 'operation id',
    method: 'POST',
    path: '/admin/certificates?operationId=77',
    json: { Name: 'op77', SecurityClearance: 'ValidUser', Permissions: {} },
  },
  {
    name: 'form field Options',
    method: 'POST',
    path: '/admin/certificates',
    form: { Options: { Name: 'from form', SecurityClearance: 'ValidUser', Permissions: {} } },
    also: ['content-disposition'],
  },
  { name: 'listed', path: '/admin/certificates?metadataOnly=true', unordered: 'Results' },
  { name: 'the operator is let in', as: 'op', path: '/certificates/whoami' },
  { name: 'the admin is let in', as: 'admin', path: '/admin/certificates/mode' },
];
