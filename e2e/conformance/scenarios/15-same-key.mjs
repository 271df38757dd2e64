export const about = 'A new certificate with the key of a registered one is taken over by the server.';
const who = (as) => ({ name: `${as} whoami`, as, path: '/certificates/whoami' });
const use = (as, extra) => ({
  name: `${as} lists`,
  as,
  path: '/admin/certificates?metadataOnly=true&pageSize=0',
  ...extra,
});
const list = (name, n) => ({
  name,
  path: '/admin/certificates?metadataOnly=true&secondary=true',
  headers: { 'Raven-Studio-Version': '7' },
  until: { path: 'Results.length', equals: n },
  unordered: 'Results',
});
export default [
  {
    name: 'put same1',
    method: 'PUT',
    path: '/admin/certificates',
    json: {
      Name: 'same',
      Certificate: '{{cert.same1.der}}',
      SecurityClearance: 'Operator',
      Permissions: { db1: 'Admin' },
    },
  },
  who('same2'),
  use('same2'),
  list('two entries', 3),
  who('same2'),
  use('same3'),
  list('three', 4),
  use('same4'),
  list('four', 5),
  use('same5'),
  list('five', 6),
  use('same6'),
  { ...list('five kept of six', 6), pause: 1500 },
  use('same1'),
  { ...list('after the dropped one came back', 6), pause: 1500 },
  {
    name: 'disable same6',
    method: 'POST',
    path: '/admin/certificates/edit',
    json: {
      Thumbprint: '{{cert.same6.thumbprint}}',
      Name: 'same',
      SecurityClearance: 'Operator',
      Permissions: {},
      Disabled: true,
    },
  },
  use('same6'),
  use('same7'),
  { ...list('after same7', 6), pause: 1500 },
  { name: 'delete same2', method: 'DELETE', path: '/admin/certificates?thumbprint={{cert.same2.thumbprint}}' },
  use('same2'),
  { ...list('same2 is back or not', 6), pause: 500 },
];
