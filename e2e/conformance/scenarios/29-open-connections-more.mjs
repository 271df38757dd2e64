export const about =
  'A connection is what its certificate was when it opened, whatever it asked first; only unknown ones are asked about again.';
const secret = 'RNHRX6WXCLZVQPJSW5NSWV64JU65E5WA';
const put = (who, clearance, more) => ({
  name: `put ${who} as ${clearance}${more === undefined ? '' : ' with a key'}`,
  method: 'PUT',
  path: '/admin/certificates',
  json: { Name: who, Certificate: `{{cert.${who}.der}}`, SecurityClearance: clearance, Permissions: {}, ...more },
});
const edit = (name, who, change, query = '') => ({
  name,
  method: 'POST',
  path: `/admin/certificates/edit${query}`,
  json: {
    Thumbprint: `{{cert.${who}.thumbprint}}`,
    Name: who,
    SecurityClearance: 'Operator',
    Permissions: {},
    ...change,
  },
});
const use = (name, as, conn, cookie) => ({
  name,
  as,
  conn,
  path: '/admin/certificates?metadataOnly=true&pageSize=0',
  ...(cookie === undefined ? {} : { headers: { cookie: `{{v.${cookie}}}` } }),
});
const administer = (name, as, conn) => ({ name, as, conn, path: '/admin/certificates/mode' });
const who = (name, as, conn) => ({ name, as, conn, path: '/certificates/whoami' });
const login = (name, as, conn, query = '', cookie = 'c') => ({
  name,
  as,
  conn,
  method: 'POST',
  path: `/authentication/2fa${query}`,
  json: { Token: '{{totp.s}}' },
  saveCookie: cookie,
});
const logout = (as) => ({ name: `end ${as}`, as, method: 'DELETE', path: '/authentication/2fa' });
const key = { TwoFactorAuthenticationKey: '{{v.s}}' };
const keyed = (who_, clearance = 'Operator') => put(who_, clearance, key);

export default [
  // Sessions outlive what the scenarios before deleted.
  ...['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'expired', 'notyet'].map((as) => ({
    ...logout(as),
    name: `${as} begins without a session`,
  })),
  // The same key for all of them: it is saved from the entry that the first upload makes.
  put('heidi', 'Operator', { TwoFactorAuthenticationKey: secret }),
  {
    name: 'the key',
    path: '/admin/certificates?thumbprint={{cert.heidi.thumbprint}}',
    save: { s: 'Results.0.TwoFactorAuthenticationKey' },
  },

  // What the first request was doesn't matter.
  put('alice', 'Operator'),
  who('alice opens with whoami', 'alice', 'a1'),
  { ...administer('alice opens from a foreign site', 'alice', 'a2'), headers: { origin: 'https://x.example' } },
  { name: 'alice opens with an unknown route', as: 'alice', conn: 'a3', path: '/nope' },
  edit('lower alice', 'alice', { SecurityClearance: 'ValidUser' }),
  use('alice, opened with whoami', 'alice', 'a1'),
  use('alice, opened from a foreign site', 'alice', 'a2'),
  use('alice, opened with an unknown route', 'alice', 'a3'),
  use('alice, opened now', 'alice'),

  // Unknown when it opened: every request asks anew.
  who('bob opens unknown', 'bob', 'b1'),
  put('bob', 'ClusterAdmin'),
  administer('bob registered', 'bob', 'b1'),
  edit('lower bob', 'bob', {}),
  administer('bob lowered', 'bob', 'b1'),
  use('bob lowered lists', 'bob', 'b1'),
  edit('disable bob', 'bob', { Disabled: true }),
  use('bob disabled', 'bob', 'b1'),
  edit('enable bob', 'bob', { Disabled: false }),
  use('bob enabled', 'bob', 'b1'),
  who('bob opens known', 'bob', 'b2'),
  edit('bob becomes a valid user', 'bob', { SecurityClearance: 'ValidUser' }),
  use('bob, unknown when it opened', 'bob', 'b1'),
  use('bob, known when it opened', 'bob', 'b2'),

  // Unknown when it opened, then registered with a key: any session lets it in, and no login is possible on it.
  who('carol opens unknown', 'carol', 'c1'),
  keyed('carol'),
  use('carol owes a code', 'carol', 'c1'),
  login('carol logs in elsewhere', 'carol'),
  use('carol without the cookie', 'carol', 'c1'),
  use('carol opens without the cookie', 'carol'),
  login('carol can’t log in there', 'carol', 'c1'),
  use('carol after that', 'carol', 'c1'),

  // A refusal by clearance comes before the session's cookie and leaves the session alone.
  login('carol logs in on a new one', 'carol', 'c2'),
  administer('carol may not, without the cookie', 'carol', 'c2'),
  use('carol with the cookie', 'carol', 'c2', 'c'),
  {
    name: 'carol loads the page without the cookie',
    as: 'carol',
    conn: 'c2',
    path: '/studio/index.html',
    ignore: ['body'],
  },
  use('carol with the cookie again', 'carol', 'c2', 'c'),
  use('carol forgets the cookie', 'carol', 'c2'),
  administer('carol may not, locked', 'carol', 'c2'),
  use('carol with the cookie, too late', 'carol', 'c2', 'c'),

  // A login opens what the connection was opened with.
  keyed('dave'),
  use('dave waits', 'dave', 'd1'),
  use('dave waits too', 'dave', 'd2'),
  use('dave waits as well', 'dave', 'd3'),
  edit('dave becomes a valid user', 'dave', { SecurityClearance: 'ValidUser' }),
  login('dave logs in on the first', 'dave', 'd1'),
  use('dave as it was', 'dave', 'd1', 'c'),
  edit('disable dave', 'dave', { Disabled: true }),
  login('dave logs in on the second', 'dave', 'd2'),
  use('dave disabled, as it was', 'dave', 'd2', 'c'),
  use('dave disabled, opened now', 'dave', undefined, 'c'),
  edit('dave without a key', 'dave', { Disabled: false }, '?deleteTwoFactorConfiguration=true'),
  use('dave still waits', 'dave', 'd3'),
  use('dave, opened now', 'dave'),
  login('dave has nothing to log in with', 'dave', 'd3'),

  // A key set later doesn't touch an open connection, a login on it neither.
  put('erin', 'Operator'),
  use('erin opens', 'erin', 'e1'),
  edit('erin gets a key', 'erin', key),
  login('erin logs in there', 'erin', 'e1'),
  use('erin without the cookie', 'erin', 'e1'),
  logout('erin'),
  use('erin after the end', 'erin', 'e1'),

  // One session a certificate: a new one replaces it for all connections.
  keyed('frank'),
  login('frank, first browser', 'frank', 'f1', '', 'c'),
  login('frank, second browser', 'frank', 'f2', '', 'd'),
  use('frank, first cookie', 'frank', 'f1', 'c'),
  use('frank, second cookie', 'frank', 'f2', 'd'),
  login('frank for all', 'frank', undefined, '?hasLimits=false'),
  use('frank for all, without a cookie', 'frank', 'f2'),
  use('frank for all, opened now', 'frank', 'f3'),
  login('frank, limited again', 'frank', undefined, '', 'c'),
  use('frank, opened while it was for all', 'frank', 'f3'),
  { name: 'delete frank', method: 'DELETE', path: '/admin/certificates?thumbprint={{cert.frank.thumbprint}}' },
  keyed('frank'),
  use('frank registered again: the session goes on', 'frank', undefined, 'c'),
  logout('frank'),
  use('frank after the end', 'frank', undefined, 'c'),

  // Expired and not yet valid ones can't open anything with a code.
  keyed('expired'),
  login('expired logs in', 'expired'),
  keyed('notyet'),
  login('not yet valid logs in', 'notyet'),
];
