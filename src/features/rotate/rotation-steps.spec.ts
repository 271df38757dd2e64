import { describe, expect, it } from 'vitest';
import { entryOf } from '../../domain/certificate-harness.ts';
import { deleteTexts, disableTexts } from './retire-texts.ts';
import { type Rotation, rotationSteps } from './rotation-steps.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 10, 21);
const old = entryOf({
  name: 'orders',
  thumbprint: 'A',
  clearance: 'ValidUser',
  notBefore: now - day,
  notAfter: now + day,
});
const states = (rotation: Partial<Rotation>) =>
  Object.values(
    rotationSteps({ old, issued: true, used: false, offersDisable: true, canDisable: true, now, ...rotation }),
  ).map(({ state }) => state);

describe('rotationSteps', () => {
  it.each<[string, Partial<Rotation>, string[]]>([
    ['nothing done', { issued: false }, ['now', 'later', 'later', 'later']],
    ['issued', {}, ['done', 'now', 'later', 'later']],
    ['used', { used: true }, ['done', 'done', 'now', 'later']],
    ['disabled', { used: true, old: { ...old, disabled: true } }, ['done', 'done', 'done', 'now']],
    ['disabled before its first use', { old: { ...old, disabled: true } }, ['done', 'later', 'done', 'now']],
    ['deleted', { used: true, old: null }, ['done', 'done', 'done', 'done']],
    ['deleted before the first use', { old: null }, ['done', 'now', 'done', 'done']],
    ['an expired one', { used: true, old: { ...old, notAfter: now - day } }, ['done', 'done', 'needless', 'now']],
    ['a collection', { used: true, old: { ...old, thumbprints: ['A', 'B'] } }, ['done', 'done', 'needless', 'now']],
    ['nothing but deleting offered', { used: true, offersDisable: false }, ['done', 'done', 'needless', 'now']],
    [
      'a disabled one at the beginning',
      { issued: false, old: { ...old, disabled: true } },
      ['now', 'later', 'done', 'later'],
    ],
  ])('%s', (_, rotation, expected) => expect(states(rotation)).toEqual(expected));
  it('leaves out what the server can’t do', () => {
    const { handOver, disable } = rotationSteps({
      old,
      issued: true,
      used: true,
      offersDisable: true,
      canDisable: false,
      now,
    });
    expect(disable).toEqual({ state: 'needless', reason: expect.stringContaining('7.2.2') });
    expect(handOver.state).toBe('done');
    expect(states({ used: true, canDisable: false })).toEqual(['done', 'done', 'needless', 'now']);
  });
  it('says why there is nothing to disable', () => {
    const expired = { ...old, notAfter: now - day };
    const { disable } = rotationSteps({
      old: expired,
      issued: true,
      used: false,
      offersDisable: true,
      canDisable: true,
      now,
    });
    expect(disable.reason).toMatch(/^It has expired/);
  });
});

describe('what follows', () => {
  const facts = { used: now - 3 * 60_000, siblings: ['twin'], now };
  it('names the last use and who gets in all the same', () => {
    expect(disableTexts(facts)).toEqual([
      expect.stringContaining('You can enable it again.'),
      'The old one was last used 3 min ago (2026-11-20).',
      expect.stringContaining('“twin” has the same key'),
    ]);
    expect(disableTexts({ used: undefined, siblings: [], now })).toHaveLength(1);
    expect(disableTexts({ used: 'unknown', siblings: [], now })[1]).toMatch(/isn’t known/);
  });
  it('takes no silence for disuse where nothing is recorded', () => {
    expect(disableTexts({ used: 'unrecorded', siblings: [], now })[1]).toMatch(/isn’t known.*doesn’t record/);
    expect(deleteTexts(old, { used: 'unrecorded', siblings: [], now }, true).join()).toMatch(/doesn’t record/);
  });
  it('names what goes with the old one', () => {
    const collection = { ...old, hasTwoFactor: true, thumbprints: ['A', 'B', 'C'] };
    const texts = deleteTexts(collection, { ...facts, used: 'never' }, true);
    expect(texts).toContain('Its authentication key goes with it.');
    expect(texts).toContain('The 2 other certificates of its collection are deleted too.');
    expect(texts).toContain('The old one wasn’t used since the server started.');
    expect(texts).toContain('Connections that are open now go on until they close.');
    // What the step before it says already isn't said again.
    expect(deleteTexts(old, { ...facts, siblings: [] }, false)).toHaveLength(1);
  });
});
