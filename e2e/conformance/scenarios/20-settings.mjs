export const about = 'Other two-factor durations, trusted origins.';
export const config = 'settings';
const login = (name, q = '') => ({
  name,
  as: 'alice',
  method: 'POST',
  path: `/authentication/2fa${q}`,
  json: { Token: '{{totp.s}}' },
  also: ['set-cookie'],
});
const del = (name, origin) => ({
  name,
  method: 'DELETE',
  path: '/admin/certificates?thumbprint=AB',
  headers: { origin },
});
export default [
  { name: 'configuration', as: 'none', path: '/authentication/2fa/configuration' },
  { name: 'secret', path: '/admin/certificates/2fa/generate', save: { s: 'Secret' } },
  {
    name: 'put alice',
    method: 'PUT',
    path: '/admin/certificates',
    json: {
      Name: 'alice',
      Certificate: '{{cert.alice.der}}',
      SecurityClearance: 'Operator',
      Permissions: {},
      TwoFactorAuthenticationKey: '{{v.s}}',
    },
  },
  login('default'),
  login('above the maximum', '?sessionDurationInMin=31'),
  login('the maximum', '?sessionDurationInMin=30'),
  del('trusted origin', 'https://console.example'),
  del('trusted origin with a port', 'https://console.example:8443'),
  del('subdomain of a trusted origin', 'https://a.console.example'),
  del('other origin', 'https://evil.example'),
  {
    name: 'preflight from a trusted origin',
    method: 'OPTIONS',
    path: '/admin/certificates/refresh',
    headers: { origin: 'https://console.example', 'access-control-request-method': 'POST' },
    also: ['access-control-allow-origin', 'vary'],
  },
];
