export const about = 'POST with bad or unusual input.';
const base = { Name: 'x', SecurityClearance: 'ValidUser', Permissions: {} };
const post = (name, change) => ({
  name,
  method: 'POST',
  path: '/admin/certificates',
  json: { ...base, ...change },
  also: ['content-disposition'],
});
export default [
  { name: 'no body', method: 'POST', path: '/admin/certificates' },
  { name: 'not JSON', method: 'POST', path: '/admin/certificates', text: 'hello' },
  { name: 'form without Options', method: 'POST', path: '/admin/certificates', form: { Other: 'x' } },
  { name: 'form with broken Options', method: 'POST', path: '/admin/certificates', form: { Options: '{' } },
  post('no name', { Name: undefined }),
  post('blank name', { Name: ' ' }),
  post('no permissions', { Permissions: undefined }),
  post('unknown clearance', { SecurityClearance: 'King' }),
  post('unknown access', { Permissions: { db1: 'Owner' } }),
  post('bad database', { Permissions: { 'a b': 'Admin' } }),
  post('not after in the past', { NotAfter: '2020-01-01T00:00:00.0000000Z' }),
  post('not after today', { NotAfter: '{{day.0}}' }),
  post('not after tomorrow', { NotAfter: '{{day.1}}' }),
  post('not after in 7000 years', { NotAfter: '9999-12-31T00:00:00.0000000Z' }),
  post('not after rubbish', { NotAfter: 'x' }),
  post('usage SsoServer', { Usage: 'SsoServer' }),
  post('usage SsoClient', { Usage: 'SsoClient' }),
  post('two-factor key not base32', { TwoFactorAuthenticationKey: '!!!' }),
  post('name with a comma and equals', { Name: 'a,b=c' }),
  post('very long name', { Name: 'n'.repeat(300) }),
  { name: 'bad operation id', method: 'POST', path: '/admin/certificates?operationId=x', json: base },
  { name: 'listed', path: '/admin/certificates?metadataOnly=true', unordered: 'Results' },
];
