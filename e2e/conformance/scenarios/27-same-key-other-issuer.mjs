export const about =
  'The key of a registered certificate under the same, another and no issuer; with a second factor; disabled; in a set.';
const put = (n, clearance, more) => ({
  name: `put ${n}`,
  method: 'PUT',
  path: '/admin/certificates',
  json: { Name: n, Certificate: `{{cert.${n}.der}}`, SecurityClearance: clearance, Permissions: {}, ...more },
});
const use = (as) => ({ name: `${as} lists`, as, path: '/admin/certificates?metadataOnly=true&pageSize=0' });
const who = (as) => ({ name: `${as} whoami`, as, path: '/certificates/whoami' });
const list = (name, n) => ({
  name,
  path: '/admin/certificates?metadataOnly=true&secondary=true',
  headers: { 'Raven-Studio-Version': '7' },
  until: { path: 'Results.length', equals: n },
  unordered: 'Results',
});
export default [
  put('leaf1', 'Operator'),
  use('leaf1'),
  use('leaf2'),
  use('leaf1again'),
  list('taken over', 3),
  who('leaf1again'),
  use('leaf1other'),
  list('the other issuer too', 4),
  { name: 'secret', path: '/admin/certificates/2fa/generate', save: { s: 'Secret' } },
  put('same1', 'ClusterAdmin', { TwoFactorAuthenticationKey: '{{v.s}}' }),
  use('same1'),
  use('same2'),
  list('the sibling has no second factor', 6),
  who('same2'),
  {
    name: 'disable same1',
    method: 'POST',
    path: '/admin/certificates/edit',
    json: {
      Thumbprint: '{{cert.same1.thumbprint}}',
      Name: 'same1',
      SecurityClearance: 'ClusterAdmin',
      Permissions: {},
      Disabled: true,
    },
  },
  use('same1'),
  use('same3'),
  list('let in by same2', 7),
  { name: 'delete same2', method: 'DELETE', path: '/admin/certificates?thumbprint={{cert.same2.thumbprint}}' },
  { name: 'delete same3', method: 'DELETE', path: '/admin/certificates?thumbprint={{cert.same3.thumbprint}}' },
  use('same4'),
  list('only a disabled one is left', 5),
];
