import zlib from 'node:zlib';

export const about = 'Bodies that come compressed, and answers to those who take compressed ones.';
const json = '{"Name":"orders"}';
const bodies = {
  plain: Buffer.from(json),
  gzip: zlib.gzipSync(json),
  deflate: zlib.deflateSync(json),
  // As the zstd command makes it of a stream.
  zstd: Buffer.from('28b52ffd04588900007b224e616d65223a226f7264657273227d913db505', 'hex'),
};
const cut = (body) => body.subarray(0, 14);
const twice = (body) => Buffer.concat([body, body]);
const put = (name, encoding, body) => ({
  name,
  method: 'PUT',
  path: '/databases/Encodings/docs?id=a',
  base64: body.toString('base64'),
  headers: { 'content-encoding': encoding },
  ignore: ['ChangeVector'],
});
const accepting = (accepted) => ({
  name: `accept ${accepted}`,
  path: '/admin/certificates?metadataOnly=true',
  headers: { 'accept-encoding': accepted },
  also: ['content-encoding', 'vary'],
  // Node 20 has no zstd to open it with.
  ignore: ['body'],
});
const about2 = { headers: { 'accept-encoding': 'zstd' }, also: ['content-encoding', 'vary'], ignore: ['body'] };

export default [
  {
    name: 'create',
    method: 'PUT',
    path: '/admin/databases?name=Encodings',
    json: { DatabaseName: 'Encodings' },
    ignore: ['body'],
  },
  put('zstd', 'zstd', bodies.zstd),
  put('gzip', 'gzip', bodies.gzip),
  put('zstd in capitals', 'ZSTD', bodies.zstd),
  put('gzip in capitals', 'GZIP', bodies.gzip),
  put('x-gzip', 'x-gzip', bodies.gzip),
  put('deflate', 'deflate', bodies.deflate),
  put('two codings', 'gzip, zstd', bodies.gzip),
  ...['br', 'identity', 'anything'].map((name) => put(`plain, called ${name}`, name, bodies.plain)),
  put('zstd twice', 'zstd', twice(bodies.zstd)),
  put('gzip twice', 'gzip', twice(bodies.gzip)),
  put('zstd cut off', 'zstd', cut(bodies.zstd)),
  put('gzip cut off', 'gzip', cut(bodies.gzip)),
  put('empty zstd', 'zstd', Buffer.alloc(0)),
  put('empty gzip', 'gzip', Buffer.alloc(0)),
  put('plain, called zstd', 'zstd', bodies.plain),
  put('plain, called gzip', 'gzip', bodies.plain),
  put('gzip, called zstd', 'zstd', bodies.gzip),
  ...[
    'zstd',
    'gzip',
    'deflate',
    'br',
    'zstd, gzip, deflate',
    'gzip, deflate',
    'deflate, gzip',
    'gzip, deflate, br, zstd',
    '*',
  ].map(accepting),
  ...[
    'br, *',
    'identity',
    'identity, gzip',
    'identity, gzip;q=0.5',
    'gzip;q=0',
    'gzip;q=0.5, zstd;q=0.1',
    'gzip, zstd;q=0.9',
  ].map(accepting),
  ...['*;q=0.5, gzip', 'br;q=1, *;q=0', 'zstd;q=0, gzip', 'ZSTD', 'x-gzip', 'gzip;q=2', ',,gzip'].map(accepting),
  {
    name: 'accept nothing',
    path: '/admin/certificates?metadataOnly=true',
    also: ['content-encoding', 'vary'],
    ignore: ['body'],
  },
  { name: 'an error', path: '/admin/certificates?start=x', ...about2 },
  { name: 'no such route', path: '/nothing', ...about2 },
  { name: 'refused', as: 'none', path: '/admin/certificates', ...about2 },
  { name: 'without a body', path: '/admin/certificates?thumbprint=00', ...about2 },
  { name: 'created', method: 'PUT', path: '/databases/Encodings/docs?id=b', json: { a: 1 }, ...about2 },
  { name: 'head', method: 'HEAD', path: '/databases/Encodings/docs?id=b', ...about2 },
  { name: 'a file', path: '/admin/certificates/export', ...about2 },
];
