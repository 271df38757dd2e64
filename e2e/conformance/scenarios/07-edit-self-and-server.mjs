export const about = 'Edits of the caller, of node certificates and the server certificate; disabling.';
const put = (n, clearance) => ({
  name: `put ${n}`,
  method: 'PUT',
  path: '/admin/certificates',
  json: { Name: n, Certificate: `{{cert.${n}.der}}`, SecurityClearance: clearance, Permissions: {} },
});
const edit = (name, as, who, change) => ({
  name,
  as,
  method: 'POST',
  path: '/admin/certificates/edit',
  json: {
    Thumbprint: `{{cert.${who}.thumbprint}}`,
    Name: who,
    SecurityClearance: 'ClusterAdmin',
    Permissions: {},
    ...change,
  },
});
const list = { name: 'list', path: '/admin/certificates?metadataOnly=true' };
export default [
  put('alice', 'ClusterAdmin'),
  put('bob', 'ClusterNode'),
  put('carol', 'ClusterAdmin'),
  edit('rename self', 'alice', 'alice', { Name: 'alice renamed' }),
  edit('disable self', 'alice', 'alice', { Disabled: true }),
  edit('disable self, clearance ValidUser', 'alice', 'alice', { Disabled: true, SecurityClearance: 'ValidUser' }),
  edit('disable a node certificate', 'alice', 'bob', { Disabled: true, SecurityClearance: 'ClusterNode' }),
  edit('disable a node certificate while lowering it', 'alice', 'bob', {
    Disabled: true,
    SecurityClearance: 'ValidUser',
  }),
  list,
  edit('disable another admin', 'alice', 'carol', { Disabled: true }),
  list,
  { name: 'disabled admin lists', as: 'carol', path: '/admin/certificates' },
  { name: 'disabled admin whoami', as: 'carol', path: '/certificates/whoami' },
  { name: 'disabled admin version', as: 'carol', path: '/build/version' },
  edit('rename a disabled one keeps it off', 'alice', 'carol', { Name: 'carol off' }),
  list,
  edit('disable the disabled one again', 'alice', 'carol', { Disabled: true }),
  edit('enable', 'alice', 'carol', { Disabled: false }),
  { name: 'enabled admin mode', as: 'carol', path: '/admin/certificates/mode' },
  edit('lower self to ValidUser', 'alice', 'alice', { SecurityClearance: 'ValidUser' }),
  { name: 'lowered lists', as: 'alice', path: '/admin/certificates' },
  list,
  { name: 'node certificate as admin', as: 'bob', path: '/admin/certificates/mode' },
  { name: 'node certificate whoami', as: 'bob', path: '/certificates/whoami' },
];
