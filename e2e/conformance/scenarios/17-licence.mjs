export const about = 'What a server without a licence refuses: read-only certificates and single sign-on.';
const put = (name, permissions, more) => ({
  name,
  method: 'PUT',
  path: '/admin/certificates',
  json: {
    Name: 'x',
    Certificate: '{{cert.alice.der}}',
    SecurityClearance: 'ValidUser',
    Permissions: permissions,
    ...more,
  },
});
const edit = (name, permissions) => ({
  name,
  method: 'POST',
  path: '/admin/certificates/edit',
  json: {
    Thumbprint: '{{cert.alice.thumbprint}}',
    Name: 'x',
    SecurityClearance: 'ValidUser',
    Permissions: permissions,
  },
});
const post = (name, permissions) => ({
  name,
  method: 'POST',
  path: '/admin/certificates',
  json: { Name: 'gen', SecurityClearance: 'ValidUser', Permissions: permissions },
});
const stored = { name: 'stored', path: '/admin/certificates?metadataOnly=true&thumbprint={{cert.alice.thumbprint}}' };
const sso = (name, json, as) => ({ name, as, method: 'PUT', path: '/admin/certificates/sso/user', json });
export default [
  put('put all read', { db1: 'Read' }),
  put('put two reads', { db1: 'Read', db2: 'Read' }),
  stored,
  put('put mixed', { db1: 'Read', db2: 'ReadWrite' }),
  stored,
  edit('edit to all read', { db1: 'Read' }),
  edit('edit mixed', { db1: 'Read', db2: 'Admin' }),
  stored,
  post('generate all read', { db1: 'Read' }),
  post('generate mixed', { db1: 'Read', db2: 'Admin' }),
  put('operator with read', { db1: 'Read' }, { SecurityClearance: 'Operator' }),
  put('admin with read', { db1: 'Read' }, { SecurityClearance: 'ClusterAdmin' }),
  put('bad name and read', { 'a b': 'Read' }),
  put('no name and read', { db1: 'Read' }, { Name: '' }),
  sso('sso user', {
    Name: 'John',
    SecurityClearance: 'ValidUser',
    Permissions: { db1: 'ReadWrite' },
    SsoIdentifiers: [{ Provider: 'Google', Domain: null, Identifier: 'john@example.com' }],
    AllowAnySsoServer: true,
    Usage: 'SsoClient',
  }),
  sso('sso user, empty', {}),
  { name: 'sso user, no body', method: 'PUT', path: '/admin/certificates/sso/user' },
  sso('sso user by a stranger', {}, 'stranger'),
  { name: 'sso fetch', path: '/admin/certificates/sso/server/fetch?url=https%3A%2F%2F127.0.0.1%3A1%2F' },
  { name: 'sso fetch, no url', path: '/admin/certificates/sso/server/fetch' },
  { name: 'sso fetch, bad url', path: '/admin/certificates/sso/server/fetch?url=ftp%3A%2F%2Fx' },
  {
    name: 'put sso server',
    method: 'PUT',
    path: '/admin/certificates',
    json: {
      Name: 's',
      Certificate: '{{cert.ca1.der}}',
      SecurityClearance: 'ValidUser',
      Permissions: {},
      Usage: 'SsoServer',
    },
  },
  {
    name: 'edit with sso fields',
    method: 'POST',
    path: '/admin/certificates/edit',
    json: {
      Thumbprint: '{{cert.alice.thumbprint}}',
      Name: 'x',
      SecurityClearance: 'ValidUser',
      Permissions: {},
      AllowAnySsoServer: true,
      SsoServerPublicKeyPinningHashes: ['abc'],
      SsoIdentifiers: [{ Provider: 'Google', Identifier: 'a' }],
    },
  },
  stored,
  {
    name: 'edit with a bad sso provider',
    method: 'POST',
    path: '/admin/certificates/edit',
    json: {
      Thumbprint: '{{cert.alice.thumbprint}}',
      Name: 'x',
      SecurityClearance: 'ValidUser',
      Permissions: {},
      SsoIdentifiers: [{ Provider: 'Nobody', Identifier: 'a' }],
    },
  },
];
