export const about =
  'One certificate of a set by its thumbprint: the primary where the whole entry is read, itself otherwise.';
const set = {
  name: 'put the set',
  method: 'PUT',
  path: '/admin/certificates',
  json: { Name: 'set', Certificate: '{{file.three.pfx}}', SecurityClearance: 'ValidUser', Permissions: {} },
};
const one = (who, query = '') => ({
  name: `${who}${query}`,
  path: `/admin/certificates?thumbprint={{cert.${who}.thumbprint}}${query}`,
});
const all = ['erin', 'dave', 'carol'].flatMap((who) => [
  one(who),
  one(who, '&metadataOnly=true'),
  one(who, '&metadataOnly=true&secondary=true'),
  one(who, '&secondary=true'),
]);
const named = (name, steps) => steps.map((step) => ({ ...step, name: `${step.name}, ${name}` }));
const change = (name, method, path, json) => ({ name, method, path, ...(json === undefined ? {} : { json }) });
export default [
  set,
  ...named('together', all),
  change('edit dave', 'POST', '/admin/certificates/edit', {
    Thumbprint: '{{cert.dave.thumbprint}}',
    Name: 'dave',
    SecurityClearance: 'Operator',
    Permissions: {},
  }),
  ...named('dave edited', all),
  change('delete erin', 'DELETE', '/admin/certificates?thumbprint={{cert.erin.thumbprint}}'),
  ...named('erin deleted', all),
];
