import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Certificate, CertificateList } from '../../api/types.ts';
import { readCertificateFile } from '../../pki/read-certificate-file.ts';
import { handOver, judgeOtherCluster } from './other-cluster.ts';

const certs = new URL('../../../e2e/conformance/certs/', import.meta.url);
const read = (name: string) => readCertificateFile(readFileSync(new URL(name, certs)));
const now = Date.UTC(2026, 10, 21);
const list = (...certificates: Partial<Certificate>[]) => ({ certificates }) as unknown as CertificateList;
const none = new Set<string>();

test('another cluster’s servers can be registered', async () => {
  const file = await read('newserver.pfx');
  const judged = judgeOtherCluster(file, none, list(), now);
  expect(judged).toMatchObject({ problem: undefined, registeredAs: undefined });
  expect(judged.certificates).toHaveLength(1);
  // It holds a key, which an export never does.
  expect(judged.warnings).toEqual([expect.stringContaining('private key')]);
});

test('this cluster’s own export and clients’ certificates are told apart', async () => {
  const server = await read('newserver.pfx');
  const own = new Set(server.certificates.map(({ thumbprint }) => thumbprint));
  expect(judgeOtherCluster(server, own, list(), now).problem).toContain('own export');
  expect(judgeOtherCluster(await read('alice.pem'), none, list(), now).problem).toContain(
    'aren’t certificates of servers',
  );
});

test('one that ended is a warning, one that is registered is done', async () => {
  expect(judgeOtherCluster(await read('expiredserver.pfx'), none, list(), now).warnings.join()).toContain(
    'expired on 2021',
  );
  const file = await read('newserver.pfx');
  const thumbprint = file.certificates[0]?.thumbprint ?? '';
  const entry = { thumbprint, name: 'them', primaryThumbprint: null };
  expect(judgeOtherCluster(file, none, list(entry), now).registeredAs).toEqual({ name: 'them', thumbprint });
});

test('what is handed over holds public parts only, and all of them', async () => {
  const file = await read('three.pfx');
  const { upload } = handOver(file.certificates);
  expect(upload.pem).not.toContain('PRIVATE');
  const again = await readCertificateFile(new TextEncoder().encode(upload.pem));
  expect(again.certificates.map(({ thumbprint }) => thumbprint)).toEqual(
    file.certificates.map(({ thumbprint }) => thumbprint),
  );
});
