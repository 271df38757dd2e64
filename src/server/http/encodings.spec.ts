import { gunzipSync, gzipSync, deflateSync, inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSpecNode, type SpecNode } from '../spec-node.ts';
import { unzstd, zstdFrame, zstdReady } from './zstd.ts';

await zstdReady();
let spec: SpecNode;
beforeAll(async () => {
  spec = await startSpecNode();
  await spec.ask('PUT', '/admin/databases?name=orders', { body: { DatabaseName: 'orders' } });
});
afterAll(() => spec.close());

const document = Buffer.from('{"Name":"orders"}');
const put = (encoding: string, body: Uint8Array) =>
  spec.ask('PUT', '/databases/orders/docs?id=a', { body, headers: { 'content-encoding': encoding } });

describe('a body', () => {
  it.each([
    ['zstd', zstdFrame],
    ['gzip', gzipSync],
    ['identity', (data: Buffer) => data],
    ['br', (data: Buffer) => data],
  ])('that is called %s is read', async (encoding, encode) => {
    expect((await put(encoding, encode(document))).status).toBe(201);
    expect((await spec.ask('GET', '/databases/orders/docs?id=a')).text).toContain('"Name":"orders"');
  });

  it.each([
    ['ZSTD', zstdFrame],
    ['GZIP', gzipSync],
    ['x-gzip', gzipSync],
    ['gzip, zstd', gzipSync],
    ['deflate', deflateSync],
  ])('that is called %s is taken for JSON as it is, as RavenDB does', async (encoding, encode) => {
    const answer = await put(encoding, encode(document));
    expect(answer.status).toBe(500);
    expect(answer.json<{ Type: string }>().Type).toBe('System.IO.InvalidDataException');
  });

  it.each([
    ['zstd', 'cut off', zstdFrame(document).subarray(0, 20), 'System.IO.EndOfStreamException'],
    ['gzip', 'cut off', gzipSync(document).subarray(0, 20), 'System.IO.EndOfStreamException'],
    ['zstd', 'empty', Buffer.alloc(0), 'System.IO.EndOfStreamException'],
    ['gzip', 'empty', Buffer.alloc(0), 'System.IO.EndOfStreamException'],
    ['zstd', 'something else', document, 'System.InvalidOperationException'],
    ['gzip', 'something else', document, 'System.IO.InvalidDataException'],
  ])('that is called %s and is %s gets RavenDB’s exception', async (encoding, _, body, type) => {
    const answer = await put(encoding, body);
    expect(answer.status).toBe(500);
    expect(answer.json<{ Type: string }>().Type).toBe(type);
  });

  it.each([
    ['zstd', zstdFrame],
    ['gzip', gzipSync],
  ])('of 33 MB in %s is refused, and the node goes on', async (encoding, encode) => {
    const body = encode(Buffer.alloc(33 * 1024 * 1024, ' '));
    expect(body.length).toBeLessThan(100_000);
    expect((await put(encoding, body)).status).toBe(413);
    expect((await put('zstd', zstdFrame(document))).status).toBe(201);
  });
});

describe('an answer', () => {
  /** As RavenDB 7.2.7 answers each. */
  it.each([
    ['zstd', 'zstd'],
    ['gzip', 'gzip'],
    ['deflate', 'deflate'],
    ['br', undefined],
    ['zstd, gzip, deflate', 'zstd'],
    ['gzip, deflate', 'gzip'],
    ['deflate, gzip', 'gzip'],
    ['gzip, deflate, br', 'gzip'],
    ['gzip, deflate, br, zstd', 'zstd'],
    ['*', 'zstd'],
    ['br, *', 'zstd'],
    ['identity', undefined],
    ['identity, gzip', 'gzip'],
    ['identity, gzip;q=0.5', undefined],
    ['gzip;q=0', undefined],
    ['gzip;q=0.5, zstd;q=0.1', 'gzip'],
    ['gzip, zstd;q=0.9', 'gzip'],
    ['*;q=0.5, gzip', 'zstd'],
    ['br;q=1, *;q=0', undefined],
    ['zstd;q=0, gzip', 'gzip'],
    ['ZSTD', 'zstd'],
    ['x-gzip', undefined],
    ['gzip;q=2', undefined],
    ['gzip;q=abc', undefined],
    [',,gzip', 'gzip'],
  ])('to Accept-Encoding: %s is %s, and says what it depends on', async (accepted, coding) => {
    const answer = await spec.ask('GET', '/admin/certificates', { headers: { 'accept-encoding': accepted } });
    expect(answer.headers['content-encoding']).toBe(coding);
    expect(answer.headers.vary).toBe('Accept-Encoding');
    const bytes =
      coding === 'zstd'
        ? await unzstd(answer.bytes, 1_000_000)
        : coding === 'gzip'
          ? gunzipSync(answer.bytes)
          : coding === 'deflate'
            ? inflateSync(answer.bytes)
            : answer.bytes;
    expect(Object.keys(JSON.parse(bytes.toString()) as object)).toContain('Results');
  });

  it('to nobody who asks for a coding says nothing of it, and neither do answers without a body', async () => {
    expect((await spec.ask('GET', '/admin/certificates')).headers.vary).toBeUndefined();
    const headers = { 'accept-encoding': 'zstd' };
    const nothing = await spec.ask('GET', '/admin/certificates?thumbprint=00', { headers });
    expect(nothing.headers).not.toHaveProperty('content-encoding');
    expect(nothing.headers.vary).toBeUndefined();
  });

  it('is whole in zstd when it is long, the first time and again', async () => {
    const fields = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`field ${index}`, index]));
    await spec.ask('PUT', '/databases/orders/docs?id=long', { body: fields });
    for (const path of ['/databases/orders/docs?id=long', '/databases/orders/docs?id=long', '/admin/certificates']) {
      const plain = await spec.ask('GET', path);
      const answer = await spec.ask('GET', path, { headers: { 'accept-encoding': 'zstd' } });
      expect((await unzstd(answer.bytes, 10_000_000)).toString()).toBe(plain.text);
    }
  });
});
