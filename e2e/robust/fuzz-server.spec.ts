import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { project } from '../run/project.mjs';
import { newKey, oddCertificate } from '../../src/server/certificate-harness.ts';
import { openClient, type Answer, type Client } from './client.ts';
import { bytesLike, dates, inTime, names, share, textLike } from './made-up.ts';
import { startNodeProcess, temporaryFolder, type NodeProcess } from './running-node.ts';

const folder = temporaryFolder();
const certs = join(project, 'e2e/conformance/certs');
const alice = readFileSync(join(certs, 'alice.pem'), 'utf8');
const thumbprint = new X509Certificate(alice).fingerprint.replaceAll(':', '');
const files = readdirSync(certs).map((name) => readFileSync(join(certs, name)));

let node: NodeProcess;
let client: Client;
let known: Client;
beforeAll(async () => {
  node = await startNodeProcess(folder.path);
  client = openClient(node);
  known = openClient(node, 1, alice);
  await register();
});
afterAll(async () => {
  client.close();
  known.close();
  expect(node.output()).not.toMatch(/Unexpected|Unhandled/i);
  expect(await node.stop()).toBe(0);
  folder.remove();
});

async function register(): Promise<void> {
  const key = (await client.ask('GET', '/admin/certificates/2fa/generate')).json<{ Secret: string }>().Secret;
  const body = {
    Name: 'alice',
    Certificate: new X509Certificate(alice).raw.toString('base64'),
    SecurityClearance: 'Operator',
    Permissions: {},
    TwoFactorAuthenticationKey: key,
  };
  expect((await client.ask('PUT', '/admin/certificates', { body })).status).toBe(201);
}

/** No answer is a fault of the node's own, and errors are as RavenDB's are. */
function judge(answer: Answer): Answer {
  expect(answer.text).not.toContain('an error of its own');
  if (answer.status >= 500)
    expect(answer.json()).toMatchObject({ Type: expect.any(String), Message: expect.any(String) });
  return answer;
}

function asks<T>(
  name: string,
  input: fc.Arbitrary<T>,
  part: number,
  ask: (input: T) => Promise<Answer>,
  expected: (answer: Answer, input: T) => void,
) {
  it(name, async () => {
    await fc.assert(
      fc.asyncProperty(input, async (value) => {
        expected(judge(await inTime(() => ask(value))), value);
      }),
      share(part),
    );
    expect((await client.ask('GET', '/certificates/whoami')).status).toBe(200);
  });
}

const put = (certificate: string, more: object = {}) =>
  JSON.stringify({
    Name: 'made up',
    Certificate: certificate,
    SecurityClearance: 'ValidUser',
    Permissions: {},
    ...more,
  });

asks(
  'uploads: what is registered is a certificate, whatever was sent',
  fc.tuple(bytesLike(files), fc.constantFrom(undefined, '', 'secret')),
  0.1,
  ([file, password]) =>
    client.ask('PUT', '/admin/certificates', { body: put(file.toString('base64'), { Password: password }) }),
  (answer) => expect([201, 500]).toContain(answer.status),
);

it('what the uploads left is whole', async () => {
  const list = await client.ask('GET', '/admin/certificates?secondary=true');
  const { Results } = list.json<{ Results: { Certificate: string; Thumbprint: string }[] }>();
  expect(Results.length).toBeGreaterThan(1);
  for (const entry of Results) {
    const x509 = new X509Certificate(Buffer.from(entry.Certificate, 'base64'));
    expect(x509.fingerprint.replaceAll(':', '')).toBe(entry.Thumbprint);
  }
});

const key = newKey();
const sibling = oddCertificate({ key, name: 'sibling' });
it('a certificate whose key the next ones have is registered', async () => {
  expect((await client.ask('PUT', '/admin/certificates', { body: put(sibling.der) })).status).toBe(201);
});

interface Listed {
  readonly Results: readonly { readonly Name: string; readonly Thumbprint: string; readonly NotAfter: string | null }[];
}

asks(
  'dates: a certificate is registered with those it has, or refused',
  fc.tuple(dates, fc.constantFrom('notBefore', 'notAfter')),
  0.02,
  ([date, which]) => client.ask('PUT', '/admin/certificates', { body: put(oddCertificate({ [which]: date }).der) }),
  (answer) => expect([201, 500]).toContain(answer.status),
);

it('dates: who shows one with the key of a registered certificate is let in, refused, or gets no answer', async () => {
  await fc.assert(
    fc.asyncProperty(dates, fc.constantFrom('notBefore', 'notAfter'), async (date, which) => {
      const odd = openClient(node, 1, oddCertificate({ key, [which]: date }).pem);
      try {
        await inTime(async () => {
          const answer = await odd.ask('GET', '/databases').catch(() => undefined);
          expect([undefined, 200, 403]).toContain(answer?.status);
        });
      } finally {
        odd.close();
      }
    }),
    share(0.01),
  );
});

it('dates: all that was registered by them is listed with an end', async () => {
  const { Results } = (await client.ask('GET', '/admin/certificates?metadataOnly=true')).json<Listed>();
  for (const { NotAfter } of Results) expect(Date.parse(`${NotAfter?.slice(0, 23) ?? ''}Z`)).not.toBeNaN();
});

it('names: what is registered is found by its name, and hides no other', async () => {
  await fc.assert(
    fc.asyncProperty(names, async (name) => {
      await inTime(async () => {
        const answer = judge(
          await client.ask('PUT', '/admin/certificates', { body: put(sibling.der, { Name: name }) }),
        );
        expect([201, 500]).toContain(answer.status);
        if (answer.status === 500) return;
        const path = `/admin/certificates?metadataOnly=true&thumbprint=${sibling.thumbprint}`;
        const [entry] = (await client.ask('GET', path)).json<Listed>().Results;
        expect(entry?.Name).toBe(name.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));
      });
    }),
    share(0.03),
  );
  expect((await client.ask('GET', '/admin/certificates')).status).toBe(200);
});

asks(
  'bodies that are no object of a request: never taken',
  // The second half of the text is gone, and with it the closing brace.
  fc.tuple(
    textLike([put('AAAA')]),
    fc.constantFrom('PUT /admin/certificates', 'POST /admin/certificates', 'POST /admin/certificates/edit'),
  ),
  0.08,
  ([text, route]) => {
    const [method = '', path = ''] = route.split(' ');
    return client.ask(method, path, { body: text.replaceAll('}', '') });
  },
  (answer) => expect(answer.status).toBe(500),
);

const routes = [
  'GET /admin/certificates',
  'GET /admin/certificates/history',
  'GET /admin/certificates/mode',
  'DELETE /admin/certificates',
  'POST /admin/certificates/edit',
  'GET /certificates/whoami',
  'GET /admin/stats',
  'GET /databases',
  'GET /databases/x/docs',
  'POST /admin/certificates/replace-cluster-cert',
  'GET /authentication/2fa/configuration',
];
const query = textLike([
  'thumbprint=AB&start=0&pageSize=25',
  'name=%C3%A9&metadataOnly=true',
  'secondary=false&start=-1',
]);
asks(
  'query strings: read or refused',
  fc.tuple(fc.constantFrom(...routes), query),
  0.08,
  ([route, text]) => {
    const [method = '', path = ''] = route.split(' ');
    return client.ask(method, `${path}?${encodeURI(Buffer.from(text).toString('utf8')).replaceAll('#', '%23')}`);
  },
  // A thumbprint that nobody has is deleted as it is on RavenDB: 204, and nothing happens.
  (answer) => expect(answer.status).not.toBe(201),
);

asks(
  'cookies: none opens what needs a second factor',
  textLike(['2fa-cookie=00000000-0000-0000-0000-000000000000; a=b', '2fa-cookie=']),
  0.06,
  (text) => known.ask('GET', '/admin/certificates', { headers: { cookie: text.replaceAll(/[^\x21-\x7e]/g, '') } }),
  (answer) => expect(answer.status).toBe(428),
);

asks(
  'codes: none but the right one logs in',
  // Seven digits are never right, and letters aren't either.
  textLike(['1234567', '12345x', '-287082', '1e5', '9999999']).map((text) => `${text}7777777`),
  0.06,
  (text) => known.ask('POST', '/authentication/2fa', { body: { Token: text } }),
  (answer) => expect([406, 429, 500]).toContain(answer.status),
);

it('and alice is who she was', async () => {
  const list = await client.ask('GET', `/admin/certificates?thumbprint=${thumbprint}`);
  expect(list.status).toBe(200);
});
