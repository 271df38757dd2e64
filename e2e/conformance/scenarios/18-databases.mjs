export const about = 'What the three access levels may do on a database, and what a deleted database leaves behind.';
const put = (n, permissions, clearance = 'ValidUser') => ({
  name: `put ${n}`,
  method: 'PUT',
  path: '/admin/certificates',
  json: { Name: n, Certificate: `{{cert.${n}.der}}`, SecurityClearance: clearance, Permissions: permissions },
});
const can = (as, db) => [
  { name: `${as} reads ${db}`, as, path: `/databases/${db}/docs?id=x`, ignore: ['Results', 'Includes'] },
  {
    name: `${as} writes ${db}`,
    as,
    method: 'PUT',
    path: `/databases/${db}/docs?id=x`,
    json: { a: 1 },
    ignore: ['ChangeVector', 'LastModified'],
  },
  { name: `${as} administers ${db}`, as, path: `/databases/${db}/admin/tombstones/state`, ignore: ['body'] },
  {
    name: `${as} opens ${db} in a browser`,
    as,
    path: `/databases/${db}/docs?id=x`,
    headers: { accept: 'text/html' },
    also: ['location'],
    ignore: ['body'],
  },
];
export default [
  {
    name: 'create db1',
    method: 'PUT',
    path: '/admin/databases?name=db1',
    json: { DatabaseName: 'db1', Settings: {}, Disabled: false },
    ignore: ['body'],
  },
  {
    name: 'create db2',
    method: 'PUT',
    path: '/admin/databases?name=db2',
    json: { DatabaseName: 'db2', Settings: {}, Disabled: false },
    ignore: ['body'],
  },
  put('alice', { db1: 'Read', db9: 'ReadWrite' }),
  put('bob', { db1: 'ReadWrite' }),
  put('carol', { db1: 'Admin' }),
  put('dave', {}),
  put('erin', {}, 'Operator'),
  put('frank', { DB1: 'ReadWrite' }),
  put('grace', { db1: 'ReadWrite' }, 'UnauthenticatedClients'),
  ...['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace', 'stranger', 'none'].flatMap((as) => can(as, 'db1')),
  { name: 'bob on db2', as: 'bob', path: '/databases/db2/docs?id=x' },
  { name: 'bob on a database that is not there', as: 'bob', path: '/databases/nodb/docs?id=x' },
  { name: 'operator on a database that is not there', as: 'erin', path: '/databases/nodb/docs?id=x' },
  ...['alice', 'bob', 'dave', 'erin', 'server'].map((as) => ({
    name: `${as} names databases`,
    as,
    path: '/databases?namesOnly=true',
  })),
  {
    name: 'delete db1',
    method: 'DELETE',
    path: '/admin/databases',
    json: { DatabaseNames: ['db1'], HardDelete: true },
    ignore: ['body'],
  },
  { name: 'permissions afterwards', path: '/admin/certificates?metadataOnly=true', pause: 1500 },
  { name: 'bob on the deleted database', as: 'bob', path: '/databases/db1/docs?id=x' },
];
