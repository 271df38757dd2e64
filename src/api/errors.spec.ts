import { expect, test } from 'vitest';
import { readError } from './errors.ts';

const answer = (status: number, body: string): Response => new Response(body, { status });

test('an envelope gives its type and message, and the cause that only Error holds', async () => {
  const error = await readError(
    answer(
      500,
      JSON.stringify({
        Url: '/admin/certificates',
        Type: 'System.InvalidOperationException',
        Message: 'Failed to put certificate x.',
        Error:
          'System.InvalidOperationException: Failed to put certificate x.\r\n ---> System.ArgumentException: You are trying to import the same server certificate.\r\n   at Raven.Server',
      }),
    ),
    '/admin/certificates',
  );
  expect(error).toMatchObject({ status: 500, type: 'System.InvalidOperationException' });
  expect(error.message).toBe('Failed to put certificate x. You are trying to import the same server certificate.');
});

test('a stack trace never becomes a message', async () => {
  const error = await readError(
    answer(500, JSON.stringify({ Type: 'T', Error: 'System.TException: what happened\n   at A.B()' })),
    '/x',
  );
  expect(error.message).toBe('what happened');
});

test('a refusal of the connection has its short type', async () => {
  const error = await readError(answer(403, JSON.stringify({ Type: 'InvalidAuth', Message: 'Not allowed.' })), '/x');
  expect(error).toMatchObject({ status: 403, type: 'InvalidAuth', message: 'Not allowed.' });
});

test('the body of the two-factor endpoints has nothing but Error', async () => {
  const error = await readError(
    answer(406, JSON.stringify({ Error: 'Wrong token provided for AB' })),
    '/authentication/2fa',
  );
  expect(error).toMatchObject({ status: 406, type: 'Http406', message: 'Wrong token provided for AB' });
});

test.each(['', '<html>', '[]', 'null'])('a body of %j leaves the status', async (body) => {
  expect(await readError(answer(502, body), '/x')).toMatchObject({
    type: 'Http502',
    message: 'The server answered 502.',
  });
});
