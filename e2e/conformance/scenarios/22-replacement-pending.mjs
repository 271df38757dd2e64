export const about = 'A new server certificate that is not valid yet: the replacement waits until it is reset.';
const status = (name) => ({ name, path: '/admin/certificates/replacement/status' });
const list = (name) => ({ name, path: '/admin/certificates?metadataOnly=true&secondary=true', unordered: 'Results' });
const replace = (name, file, q = '', more) => ({
  name,
  method: 'POST',
  path: `/admin/certificates/replace-cluster-cert${q}`,
  json: { Certificate: `{{file.${file}}}`, ...more },
});
export default [
  status('none at first'),
  replace('an expired one', 'expiredserver.pfx'),
  status('still none'),
  replace('one of the future', 'future.pfx'),
  status('waiting'),
  list('the new one is listed'),
  {
    name: 'the new one is known already',
    path: '/admin/certificates?metadataOnly=true&thumbprint={{cert.future.thumbprint}}',
  },
  replace('the same again', 'future.pfx'),
  status('still waiting'),
  { name: 'status by an unknown', as: 'stranger', path: '/admin/certificates/replacement/status' },
  { name: 'export has both', path: '/admin/certificates/export' },
  { name: 'reset', method: 'POST', path: '/admin/certificates/replacement/reset' },
  status('gone'),
  list('the entry stays'),
  { name: 'reset again', method: 'POST', path: '/admin/certificates/replacement/reset' },
  { name: 'delete the entry', method: 'DELETE', path: '/admin/certificates?thumbprint={{cert.future.thumbprint}}' },
  list('only the server is left'),
];
