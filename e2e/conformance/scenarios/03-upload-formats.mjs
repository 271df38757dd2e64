export const about = 'The encodings of a certificate that PUT accepts, and sets of several certificates.';
const put = (name, cert, change) => ({
  name,
  method: 'PUT',
  path: '/admin/certificates',
  json: { Name: name, Certificate: cert, SecurityClearance: 'ValidUser', Permissions: { db1: 'ReadWrite' }, ...change },
});
const list = (name) => ({ name, path: '/admin/certificates?metadataOnly=true&secondary=true' });
const wipe = (...ns) =>
  ns.map((n) => ({
    name: `delete ${n}`,
    method: 'DELETE',
    path: `/admin/certificates?thumbprint={{cert.${n}.thumbprint}}`,
  }));
export default [
  put('PEM text', '{{pem64.alice}}'),
  put('PFX without password', '{{file.alice.pfx}}'),
  list('after alice'),
  put('PFX needs a password', '{{file.bob-secret.pfx}}'),
  put('PFX wrong password', '{{file.bob-secret.pfx}}', { Password: 'nope' }),
  put('PFX right password', '{{file.bob-secret.pfx}}', { Password: 'secret' }),
  put('password for a bare certificate', '{{cert.carol.der}}', { Password: 'needless' }),
  list('after bob and carol'),
  ...wipe('alice', 'bob', 'carol'),
  put('PKCS 7 with two', '{{file.two.p7b}}'),
  list('after PKCS 7'),
  ...wipe('frank', 'grace'),
  list('after deleting'),
  put('PEM with two', '{{pem64.frank.grace}}'),
  list('after PEM with two'),
  ...wipe('frank', 'grace'),
  list('after deleting again'),
  put('PFX chain leaf and issuer', '{{file.leaf1-chain.pfx}}'),
  list('after chain'),
  ...wipe('leaf1', 'ca1'),
  put('PFX with three', '{{file.three.pfx}}'),
  list('after three'),
  { name: 'primaries only', path: '/admin/certificates?metadataOnly=true' },
  { name: 'a secondary alone', path: '/admin/certificates?thumbprint={{cert.erin.thumbprint}}' },
  {
    name: 'a secondary alone, metadata',
    path: '/admin/certificates?thumbprint={{cert.erin.thumbprint}}&metadataOnly=true',
  },
  put('a secondary uploaded alone', '{{cert.erin.der}}'),
  list('after re-upload'),
  ...wipe('carol', 'dave', 'erin'),
  list('after deleting the set'),
  put('expired', '{{cert.expired.der}}'),
  put('not yet valid', '{{cert.notyet.der}}'),
  put('no EKU', '{{cert.noeku.der}}'),
  put('server EKU only', '{{cert.serveronly.der}}'),
  put('an authority', '{{cert.ca1.der}}'),
  list('after odd ones'),
];
