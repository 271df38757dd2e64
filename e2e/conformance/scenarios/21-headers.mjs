export const about = 'Headers of requests and answers that matter.';
const get = (name, headers, extra) => ({
  name,
  path: '/admin/certificates?metadataOnly=true&pageSize=0',
  headers,
  also: ['vary', 'etag', 'cache-control'],
  ...extra,
});
export default [
  {
    name: 'put alice',
    method: 'PUT',
    path: '/admin/certificates',
    json: { Name: 'alice', Certificate: '{{cert.alice.der}}', SecurityClearance: 'ValidUser', Permissions: {} },
    also: ['raven-server-version'],
  },
  get('plain'),
  { ...get('the server names its version'), also: ['raven-server-version'] },
  { ...get('not when it refuses', {}, { as: 'none' }), also: ['raven-server-version'] },
  ...['Raven-Studio-Version', 'raven-studio-version', 'RAVEN-STUDIO-VERSION', 'Raven-Client-Version'].map((h) => ({
    name: `list with ${h}`,
    path: '/admin/certificates?metadataOnly=true',
    headers: { [h]: '7.2.7' },
  })),
  {
    name: 'list with an empty header',
    path: '/admin/certificates?metadataOnly=true',
    headers: { 'Raven-Studio-Version': '' },
  },
  get('accept xml', { accept: 'application/xml' }),
  get('accept html', { accept: 'text/html' }),
  get('if-none-match', { 'if-none-match': '*' }),
  get('x-http-method-override', { 'x-http-method-override': 'DELETE' }),
  get('range', { range: 'bytes=0-3' }),
  {
    name: 'json without a body length',
    method: 'PUT',
    path: '/admin/certificates',
    json: { Name: 'b', Certificate: '{{cert.bob.der}}', SecurityClearance: 'ValidUser', Permissions: {} },
    headers: { 'content-type': 'application/json; charset=utf-16' },
  },
  ...['text/html', 'text/plain', 'text/*', 'TEXT/HTML', 'application/xhtml+xml', '*/*', 'application/json'].map(
    (accept) => ({
      name: `refused, accepting ${accept}`,
      as: 'stranger',
      path: '/admin/certificates',
      headers: { accept },
      also: ['location'],
    }),
  ),
  {
    name: 'refused post, accepting html',
    as: 'stranger',
    method: 'POST',
    path: '/admin/certificates/edit',
    json: {},
    headers: { accept: 'text/html' },
    also: ['location'],
  },
  { name: 'error, accepting html', path: '/admin/certificates?start=x', headers: { accept: 'text/html' } },
];
