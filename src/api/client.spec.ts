import { expect, test } from 'vitest';
import { deleteCertificate, editCertificate, generateCertificate, getCertificate } from './certificates.ts';
import type { RavenApi } from './client.ts';
import { noAnswer, RavenError, unexpectedAnswer } from './errors.ts';

/** Records what is asked and answers with `response`. */
function recorder(response: () => Response | Promise<Response>) {
  const calls: { url: string; init: RequestInit }[] = [];
  const api: RavenApi = {
    baseUrl: '/raven',
    fetch: (input, init = {}) => {
      calls.push({ url: input as string, init });
      return Promise.resolve(response());
    },
  };
  return { api, calls };
}

test('a thumbprint that isn’t registered is null, not an error', async () => {
  const { api } = recorder(() => new Response(null, { status: 404, headers: { 'content-type': 'application/json' } }));
  expect(await getCertificate(api, 'AB')).toBeNull();
});

test('names with any character reach the server unharmed', async () => {
  const { api, calls } = recorder(() => new Response(null, { status: 204 }));
  await deleteCertificate(api, 'A&B=C d/é');
  expect(new URL(calls[0]?.url ?? '', 'http://x').searchParams.get('thumbprint')).toBe('A&B=C d/é');
});

test('an edit says nothing of what it leaves alone', async () => {
  const { api, calls } = recorder(() => new Response(null, { status: 201 }));
  await editCertificate(api, { thumbprint: 'AB', name: 'n', clearance: 'ValidUser', permissions: [] });
  expect(JSON.parse(calls[0]?.init.body as string)).toEqual({
    Name: 'n',
    SecurityClearance: 'ValidUser',
    Permissions: {},
    Thumbprint: 'AB',
  });
  expect(calls[0]?.url).toBe('/raven/admin/certificates/edit');
});

test('no answer is a RavenError that says so', async () => {
  const api: RavenApi = { baseUrl: '', fetch: () => Promise.reject(new TypeError('failed')) };
  await expect(getCertificate(api, 'AB')).rejects.toMatchObject({ status: 0, type: noAnswer });
});

test('an aborted call throws the reason of its signal', async () => {
  const reason = new Error('left');
  const api: RavenApi = { baseUrl: '', fetch: (_, init) => Promise.reject(init?.signal?.reason as Error) };
  await expect(getCertificate(api, 'AB', AbortSignal.abort(reason))).rejects.toBe(reason);
});

test('an answer that isn’t RavenDB’s is a RavenError, not a crash', async () => {
  const { api } = recorder(() => new Response('<html>login</html>'));
  const error = await getCertificate(api, 'AB').catch((e: unknown) => e);
  expect(error).toBeInstanceOf(RavenError);
  expect(error).toMatchObject({ type: unexpectedAnswer });
});

test('the loss of the session is told once per answer', async () => {
  let told = 0;
  const { api } = recorder(() => Response.json({ Type: 'Gateway.SignInRequired', Message: 'm' }, { status: 401 }));
  await expect(getCertificate({ ...api, onSignInRequired: () => told++ }, 'AB')).rejects.toMatchObject({ status: 401 });
  expect(told).toBe(1);
});

test.each([
  ['attachment; filename=a%20b.zip', 'a b.zip'],
  ['attachment; filename=..%2F..%2Fup.zip', '__.._up.zip'],
  ['attachment; filename=%E0%A4%A', 'certificate.zip'],
  ['attachment; filename=a%0Ab%22.zip', 'a_b_.zip'],
])('the file name of %j is safe to save', async (disposition, name) => {
  const { api } = recorder(() => new Response('zip', { headers: { 'content-disposition': disposition } }));
  const file = await generateCertificate(api, { name: 'n', clearance: 'Operator', permissions: [] });
  expect(file.fileName).toBe(name);
  expect(await file.content.text()).toBe('zip');
});
