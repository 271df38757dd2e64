import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvLine } from '../../src/domain/csv.ts';
import { readHead } from '../../src/pki/certificate-head.ts';
import { parseCertificate } from '../../src/pki/parse-certificate.ts';
import { CertificateFileError } from '../../src/pki/certificate-file-error.ts';
import { readCertificateFile } from '../../src/pki/read-certificate-file.ts';
import { matchCode } from '../../src/pki/totp.ts';
import {
  displayName,
  isInForce,
  peerCertificate,
  UnreadableDatesError,
} from '../../src/server/auth/peer-certificate.ts';
import { newKey, oddCertificate } from '../../src/server/certificate-harness.ts';
import { readJsonObject } from '../../src/server/http/json-reader.ts';
import { Query } from '../../src/server/http/query.ts';
import { RavenException } from '../../src/server/http/raven-exception.ts';
import { acceptedCoding } from '../../src/server/http/send.ts';
import { cookieOf } from '../../src/server/two-factor/sessions.ts';
import { project } from '../run/project.mjs';
import { bytesLike, dates, inTime, names, share, textLike, writtenNames } from './made-up.ts';

const certs = join(project, 'e2e/conformance/certs');
const files = readdirSync(certs).map((name) => readFileSync(join(certs, name)));
const ders = files.flatMap((file) => {
  try {
    return [new X509Certificate(file).raw];
  } catch {
    return [];
  }
});

/** Lets one parser read made-up input. It may refuse it with its own kind of error, and does so in time. */
function reads<T>(name: string, input: fc.Arbitrary<T>, part: number, read: (input: T) => unknown): void {
  it(`${name}: refuses what it can't read, in time`, async () => {
    await fc.assert(
      fc.asyncProperty(input, async (value) => {
        await inTime(async () => {
          await read(value);
        });
      }),
      share(part),
    );
  });
}

async function unless(kind: abstract new (...all: never[]) => Error, work: () => unknown): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof kind)) throw error;
    return undefined;
  }
}

reads('DER', bytesLike(ders), 0.1, (der) => unless(CertificateFileError, () => parseCertificate(new Uint8Array(der))));
reads('certificate files', fc.tuple(bytesLike(files), fc.constantFrom('', 'secret', 'x')), 0.12, ([file, passphrase]) =>
  unless(CertificateFileError, async () => {
    const { certificates } = await readCertificateFile(new Uint8Array(file), passphrase);
    // Whatever was read is a certificate to others as well.
    for (const { der, thumbprint } of certificates)
      expect(new X509Certificate(der).fingerprint.replaceAll(':', '')).toBe(thumbprint);
  }),
);
const ownKey = newKey();
const derOf = (odd: Parameters<typeof oddCertificate>[0]) =>
  Buffer.from(oddCertificate({ key: ownKey, ...odd }).der, 'base64');
reads(
  'dates',
  fc.tuple(dates, fc.constantFrom('notBefore' as const, 'notAfter' as const)),
  0.05,
  async ([date, which]) => {
    const der = derOf({ [which]: date });
    const head = readHead(der);
    const facts = await unless(CertificateFileError, () => parseCertificate(der));
    const peer = await unless(UnreadableDatesError, () => peerCertificate(der));
    const ms = head?.[which] ?? Number.NaN;
    expect([facts, peer].map((one) => one === undefined)).toEqual(Array(2).fill(Number.isNaN(ms)));
    if (Number.isNaN(ms)) {
      expect(isInForce(new X509Certificate(der), Date.now())).toBe(false);
      return;
    }
    expect([facts, peer]).toMatchObject([{ [which]: ms }, { [which]: ms }]);
    // It is the day that was written.
    const digits = new Date(ms).toISOString().replaceAll(/[-:T]|\.000/g, '');
    expect([digits, digits.slice(2)]).toContain(date.text);
  },
);
reads('names in certificates', writtenNames, 0.05, async (name) => {
  let der: Buffer;
  try {
    der = derOf(name === null ? { name: null, hosts: ['a'] } : { nameTag: name[0], name: name[1] });
  } catch {
    // OpenSSL takes it for no certificate.
    return;
  }
  expect(typeof displayName(new X509Certificate(der))).toBe('string');
  const facts = (await unless(CertificateFileError, () => parseCertificate(der))) as { subject: string } | undefined;
  if (facts !== undefined) expect(typeof facts.subject).toBe('string');
});
reads('names in CSV', names, 0.03, (name) => {
  for (const line of csvLine([name, 1]).split(/[;\t\r\n]/)) expect(line).not.toMatch(/^[\s"\u200B]*[=+\-@＝＋－＠]/);
});
const bodies = [
  '{"Name":"a","Permissions":{"Orders":"Read"},"n":-1.5e3,"t":[true,null,"\\u00e9"]}',
  "{'a':'b','c':[]}",
];
reads('JSON bodies', textLike(bodies), 0.1, (text) =>
  unless(RavenException, () => expect(readJsonObject(Buffer.from(text))).toBeInstanceOf(Map)),
);
reads('query strings', textLike(['thumbprint=AB&start=0&pageSize=25', 'name=%C3%A9&metadataOnly=true']), 0.05, (text) =>
  unless(RavenException, () => {
    const query = new Query(text);
    return [query.integer('start'), query.boolean('metadataOnly'), query.mandatory('thumbprint')];
  }),
);
reads('cookies', textLike(['2fa-cookie=abc; other=1', 'a=b; 2fa-cookie=']), 0.03, (text) => {
  expect(cookieOf(text) ?? '').not.toContain(';');
});
reads('Accept-Encoding', textLike(['gzip;q=0.5, deflate, *;q=0', 'br']), 0.02, (text) => acceptedCoding(text));
const key = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
reads('codes', textLike(['287082', ' 081 804 ', '0081804', '-1', '1e5']), 0.05, (text) => {
  const step = matchCode(key, text, { window: 2, now: 59_000 });
  // The codes of the five steps, in whatever writing.
  if (step !== null)
    expect(['755224', '287082', '359152', '969429', '338314']).toContain(text.replaceAll(/\s/g, '').replace(/^0+/, ''));
});
