export const about = 'Authentication keys that are replaced, dropped or no base32; who may log in; odd bodies of a login.';
const put = (n, clearance, more) => ({ name: `put ${n}`, method: 'PUT', path: '/admin/certificates', json: { Name: n, Certificate: `{{cert.${n}.der}}`, SecurityClearance: clearance, Permissions: {}, ...more } });
const login = (name, as, json, extra = {}) => ({ name, as, method: 'POST', path: '/authentication/2fa', json, ...extra });
const list = (name, as, extra = {}) => ({ name, as, path: '/admin/certificates?metadataOnly=true&pageSize=0', ...extra });
const edit = (name, more, q = '') => ({ name, method: 'POST', path: `/admin/certificates/edit${q}`, json: { Thumbprint: '{{cert.alice.thumbprint}}', Name: 'alice', SecurityClearance: 'Operator', Permissions: {}, ...more } });
export default [
  { name: 'secret', path: '/admin/certificates/2fa/generate', save: { s: 'Secret' } }, { name: 'another', path: '/admin/certificates/2fa/generate', save: { t: 'Secret' } },
  put('alice', 'Operator', { TwoFactorAuthenticationKey: '{{v.s}}' }), list('locked', 'alice'), put('alice', 'Operator'), list('uploaded again without a key', 'alice'),
  edit('set', { TwoFactorAuthenticationKey: '{{v.s}}' }), list('locked again', 'alice'), edit('edit without a key keeps it', {}), list('still locked', 'alice'), edit('empty key keeps it', { TwoFactorAuthenticationKey: '' }), list('and still', 'alice'),
  edit('another key', { TwoFactorAuthenticationKey: '{{v.t}}' }), login('the old key', 'alice', { Token: '{{totp.s}}' }), login('the new key', 'alice', { Token: '{{totp.t}}' }, { saveCookie: 'c' }), list('in', 'alice', { headers: { cookie: '{{v.c}}' } }),
  edit('a third key while logged in', { TwoFactorAuthenticationKey: '{{v.s}}' }), list('the session goes on', 'alice', { headers: { cookie: '{{v.c}}' } }), list('cookie among others', 'alice', { headers: { cookie: 'a=b; {{v.c}}; c=d' } }), list('cookie in capitals', 'alice', { headers: { cookie: 'X{{v.c}}' } }),
  edit('key and delete at once', { TwoFactorAuthenticationKey: '{{v.t}}' }, '?deleteTwoFactorConfiguration=true'), list('free', 'alice'),
  edit('a key that is no base32', { TwoFactorAuthenticationKey: '!!!' }), login('with it', 'alice', { Token: '123456' }), edit('a blank key', { TwoFactorAuthenticationKey: ' ' }), list('blank', 'alice'), login('with a blank one', 'alice', { Token: '123456' }), edit('lower case', { TwoFactorAuthenticationKey: 'jbswy3dpehpk3pxp' }), login('wrong', 'alice', { Token: '1' }),
  ...[true, 1.5, [], {}, '1.5', '', ' ', '+1', '-1', '99999999999', 99999999999, '0x1', '1 2'].map((token) => login(`token ${JSON.stringify(token)}`, 'alice', { Token: token })),
  login('no certificate', 'none', { Token: '1' }), login('no certificate, no body', 'none', undefined), login('unknown, no body', 'stranger', undefined), login('not an object', 'alice', undefined, { text: '"x"' }),
  { name: 'log out without a certificate', as: 'none', method: 'DELETE', path: '/authentication/2fa' },
  put('expired', 'Operator', { TwoFactorAuthenticationKey: '{{v.s}}' }), login('expired logs in', 'expired', { Token: '{{totp.s}}' }), list('expired lists', 'expired'),
];
