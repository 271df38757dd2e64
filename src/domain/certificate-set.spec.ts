import { expect, test } from 'vitest';
import { fileOrder, planSet, type SetMember } from './certificate-set.ts';

const one = (thumbprint: string, issuer = `CN=${thumbprint}`): SetMember => ({
  thumbprint,
  subject: `CN=${thumbprint}`,
  issuer,
  selfIssued: issuer === `CN=${thumbprint}`,
});
const thumbprints = (members: readonly SetMember[]) => members.map(({ thumbprint }) => thumbprint);

test('one alone is registered, whatever it is', () => {
  const root = one('root');
  expect(planSet([root])).toEqual({ registered: [root], skipped: [] });
});

test('whoever issued another one of the set is left out', () => {
  const [leaf, between, root] = [one('leaf', 'CN=between'), one('between', 'CN=root'), one('root')];
  const plan = planSet([leaf, between, root]);
  expect(plan.registered).toEqual([leaf]);
  expect(plan.skipped).toEqual([
    { certificate: between, issued: leaf },
    { certificate: root, issued: between },
  ]);
});

test('an issuer without any of its own in the set is registered', () => {
  expect(thumbprints(planSet([one('a'), one('root')]).registered)).toEqual(['a', 'root']);
});

test('the chosen primary comes first and goes last into the file', () => {
  const plan = planSet([one('a'), one('b'), one('c')], 'b');
  expect(thumbprints(plan.registered)).toEqual(['b', 'a', 'c']);
  expect(thumbprints(fileOrder(plan))).toEqual(['c', 'a', 'b']);
});

test('one that comes twice counts once', () => {
  expect(thumbprints(planSet([one('a'), one('b'), one('a')]).registered)).toEqual(['a', 'b']);
});
