import { expect, test } from 'vitest';
import { RavenError } from '../../api/errors.ts';
import { clockHint, codeProblem } from './code-problem.ts';

const answer = (status: number, retryAfter: number | null = null) =>
  new RavenError({
    status,
    type: `Http${String(status)}`,
    message: 'server’s words',
    path: '/authentication/2fa',
    retryAfter,
  });

test('a wrong code is said at the field, in other words the second time', () => {
  const first = codeProblem(answer(406), 0);
  const second = codeProblem(answer(406), 1);
  expect([first.about, second.about]).toEqual(['code', 'code']);
  expect(first).not.toEqual(second);
});

test('too many codes: how long to wait, where the server says', () => {
  expect(codeProblem(answer(429, 45_000), 5)).toMatchObject({
    about: 'code',
    text: expect.stringMatching(/in 45 seconds\. .*an admin who edits .* ends the wait\.$/),
  });
  expect(codeProblem(answer(429, 600_000), 5)).toMatchObject({ text: expect.stringContaining('in 10 minutes.') });
  expect(codeProblem(answer(429), 5)).toMatchObject({ text: expect.stringContaining('a few minutes') });
});

test('what isn’t about the code is a notice', () => {
  expect(codeProblem(answer(503), 0)).toMatchObject({ about: 'rest', next: expect.stringContaining('server’s words') });
});

test('clocks are named only when they differ enough to matter', () => {
  expect(clockHint(null)).toBe(clockHint(3_000));
  expect(clockHint(95_000)).toContain('95 seconds ahead');
  expect(clockHint(-240_000)).toContain('4 minutes behind');
});
