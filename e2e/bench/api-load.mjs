import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Agent, request } from 'undici';
import { makeCertificates } from './certificates.mjs';
import { quantile, spread } from './statistics.mjs';

/** A client of the server that an env file names, with the server's own identity (which every RavenDB lets in). */
export async function connect(env) {
  const pem = await readFile(env.RAVENDB_ADMIN_PEM, 'utf8');
  const ca = await readFile(env.RAVENDB_CA, 'utf8');
  const dispatcher = new Agent({
    connections: 16,
    connect: { cert: pem, key: pem, ca },
    headersTimeout: 300_000,
    bodyTimeout: 300_000,
  });
  const call = async (method, path, json, headers = {}) => {
    const answer = await request(env.RAVENDB_URL + path, {
      method,
      dispatcher,
      headers: { ...headers, ...(json === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    const body = Buffer.from(await answer.body.arrayBuffer());
    if (answer.statusCode >= 300)
      throw new Error(`${method} ${path}: ${answer.statusCode} ${body.toString('utf8').slice(0, 300)}`);
    return body;
  };
  return { call, close: () => dispatcher.destroy() };
}

const timed = async (act) => {
  const began = performance.now();
  const result = await act();
  return { ms: performance.now() - began, result };
};

/** Runs `act(i)` for 0 … count-1, `parallel` at a time; milliseconds of each and of all. */
export async function load(count, parallel, act) {
  const each = [];
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      while (next < count) {
        const i = next++;
        each.push((await timed(() => act(i))).ms);
      }
    }),
  );
  return { each, total: performance.now() - began };
}

/** How long one way of reading is measured at least, milliseconds. */
const patience = 1_000;

const put = (certificate, i) => ({
  Name: `bench-${i}`,
  Certificate: certificate,
  SecurityClearance: 'ValidUser',
  Permissions: { [`db${i % 20}`]: 'ReadWrite', [`db${(i + 7) % 20}`]: 'Admin', [`db${(i + 13) % 20}`]: 'ReadWrite' },
});

/** SHA-1 of a certificate's DER, from its base64. */
const thumbprintOf = (certificate) =>
  createHash('sha1').update(Buffer.from(certificate, 'base64')).digest('hex').toUpperCase();

/**
 * Registers `count` certificates, measures each way of reading them, then deletes some.
 * @returns {Promise<Record<string, {value: number, unit: string}>>} by name of the measurement
 */
export async function measureApi(env, { count, runs = 7, certificates }) {
  const { call, close } = await connect(env);
  try {
    const made = certificates ?? (await makeCertificates(count));
    const registered = await load(made.length, 16, (i) => call('PUT', '/admin/certificates', put(made[i], i)));
    const figures = {
      'PUT, 16 in parallel': { value: (made.length / registered.total) * 1000, unit: '/s', better: 'more' },
      'PUT, p50': { value: quantile(registered.each, 0.5), unit: 'ms' },
      'PUT, p99': { value: quantile(registered.each, 0.99), unit: 'ms' },
    };
    const studio = { 'Raven-Studio-Version': '7.2.0' };
    const reads = {
      'whole list, metadata': ['/admin/certificates?metadataOnly=true&secondary=true', {}],
      'whole list, metadata, gzip': [
        '/admin/certificates?metadataOnly=true&secondary=true',
        { 'accept-encoding': 'gzip' },
      ],
      'whole list with certificates': ['/admin/certificates?secondary=true', {}],
      'first page of 50': ['/admin/certificates?metadataOnly=true&secondary=true&start=0&pageSize=50', {}],
      'last page of 50': [
        `/admin/certificates?metadataOnly=true&secondary=true&start=${Math.max(0, made.length - 50)}&pageSize=50`,
        {},
      ],
      'by name': ['/admin/certificates?metadataOnly=true&name=bench-7', {}],
    };
    const first = JSON.parse(
      (await call('GET', '/admin/certificates?metadataOnly=true&start=5&pageSize=1')).toString('utf8'),
    ).Results.at(-1);
    reads['one by thumbprint'] = [`/admin/certificates?thumbprint=${first.Thumbprint}`, {}];
    for (const [what, [path, headers]] of Object.entries(reads)) {
      await call('GET', path, undefined, { ...studio, ...headers });
      const times = [];
      // What takes less than a millisecond is done often: its first runs measure compilers.
      for (const began = performance.now(); times.length < runs || performance.now() - began < patience; )
        times.push((await timed(() => call('GET', path, undefined, { ...studio, ...headers }))).ms);
      figures[`${what}`] = { value: spread(times).median, unit: 'ms' };
    }
    const pages = await load(400, 16, () =>
      call('GET', '/admin/certificates?metadataOnly=true&secondary=true&start=0&pageSize=50', undefined, studio),
    );
    figures['page of 50, 16 in parallel'] = { value: (400 / pages.total) * 1000, unit: '/s', better: 'more' };
    figures['page of 50, p50'] = { value: quantile(pages.each, 0.5), unit: 'ms' };
    figures['page of 50, p99'] = { value: quantile(pages.each, 0.99), unit: 'ms' };
    const deleted = await load(Math.min(1_000, made.length), 16, (i) =>
      call('DELETE', `/admin/certificates?thumbprint=${thumbprintOf(made[i])}`),
    );
    figures['DELETE, 16 in parallel'] = {
      value: (deleted.each.length / deleted.total) * 1000,
      unit: '/s',
      better: 'more',
    };
    figures['DELETE, p50'] = { value: quantile(deleted.each, 0.5), unit: 'ms' };
    figures['DELETE, p99'] = { value: quantile(deleted.each, 0.99), unit: 'ms' };
    return figures;
  } finally {
    await close();
  }
}
