export const about = 'The Origin header: refused writes, cross-origin headers, preflight.';
const target = '/admin/certificates?thumbprint=AB';
const go = (name, method, path, origin, extra = {}) => ({
  name,
  method,
  path,
  headers: { ...(origin === undefined ? {} : { origin }), ...extra.headers },
  json: extra.json,
  as: extra.as,
  also: [
    'vary',
    'access-control-allow-origin',
    'access-control-allow-methods',
    'access-control-allow-headers',
    'access-control-max-age',
    'access-control-allow-credentials',
  ],
});
const evil = 'https://evil.example';
export default [
  ...['GET', 'HEAD', 'OPTIONS', 'DELETE'].map((m) => go(`${m} from elsewhere`, m, target, evil)),
  go('POST from elsewhere', 'POST', '/admin/certificates/edit', evil, { json: {} }),
  go('PUT from elsewhere', 'PUT', '/admin/certificates', evil, { json: {} }),
  go('PATCH from elsewhere', 'PATCH', '/admin/certificates', evil),
  go('POST login from elsewhere', 'POST', '/authentication/2fa', evil, { json: {} }),
  go('POST by nobody from elsewhere', 'POST', '/admin/certificates/edit', evil, { json: {}, as: 'none' }),
  go('POST to no route from elsewhere', 'POST', '/nowhere', evil),
  go('DELETE same origin', 'DELETE', target, '{{origin}}'),
  go('DELETE same host, http', 'DELETE', target, 'http://{{host}}'),
  go('DELETE origin null', 'DELETE', target, 'null'),
  go('DELETE origin empty', 'DELETE', target, ''),
  go('DELETE same host other port', 'DELETE', target, 'https://localhost:1'),
  go('DELETE by address', 'DELETE', target, 'https://127.0.0.1:1'),
  go('DELETE origin rubbish', 'DELETE', target, 'rubbish'),
  go('DELETE referer only', 'DELETE', target, undefined, { headers: { referer: evil } }),
  go('DELETE no origin', 'DELETE', target),
  ...['replace-cluster-cert', 'letsencrypt/force-renew', 'refresh'].flatMap((p) => [
    go(`preflight ${p}`, 'OPTIONS', `/admin/certificates/${p}`, evil, {
      headers: { 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type, x-y' },
    }),
    go(`preflight ${p} by nobody`, 'OPTIONS', `/admin/certificates/${p}`, evil, {
      as: 'none',
      headers: { 'access-control-request-method': 'POST' },
    }),
    go(`preflight ${p} same origin`, 'OPTIONS', `/admin/certificates/${p}`, '{{origin}}', {
      headers: { 'access-control-request-method': 'POST' },
    }),
    go(`POST ${p} from elsewhere`, 'POST', `/admin/certificates/${p}`, evil, { json: {} }),
  ]),
  go('preflight of the list', 'OPTIONS', '/admin/certificates', '{{origin}}', {
    headers: { 'access-control-request-method': 'GET' },
  }),
];
