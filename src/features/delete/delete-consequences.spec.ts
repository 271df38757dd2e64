import { expect, test } from 'vitest';
import { entryOf } from '../../domain/certificate-harness.ts';
import type { Certificate } from '../../api/types.ts';
import { deleteConsequences } from './delete-consequences.ts';

const now = Date.UTC(2026, 10, 21);
const entry = (more: Partial<Certificate> = {}) =>
  entryOf({ clearance: 'ValidUser', notBefore: now - 1000, notAfter: now + 1000, ...more });
const texts = (
  certificate: ReturnType<typeof entry>,
  context: Partial<Parameters<typeof deleteConsequences>[1]> = {},
) => deleteConsequences(certificate, { used: 'never', siblings: [], now, ...context });

test('what is lost is named, and many databases are counted', () => {
  expect(texts(entry({ permissions: [{ database: 'orders', access: 'ReadWrite' }] }))[0]?.text).toBe(
    'Lost: User, with orders (read and write).',
  );
  const many = Array.from({ length: 9 }, (_, i) => ({ database: `db${String(i)}`, access: 'Read' as const }));
  expect(texts(entry({ permissions: many }))[0]?.text).toMatch(/db5 \(read\) and 3 more\.$/);
  expect(texts(entry({ clearance: 'Operator' }))[0]?.text).toBe('Lost: Operator, with every database.');
  expect(texts(entry())[0]?.text).toBe('Lost: User, without any database.');
});

test('one that is in use is a warning, one that can’t be used any more isn’t', () => {
  const used = now - 60_000;
  const grave = (certificate: ReturnType<typeof entry>) =>
    texts(certificate, { used }).some(({ text, grave: isGrave }) => text.startsWith('Last used 1 min ago') && isGrave);
  expect(grave(entry())).toBe(true);
  expect(grave(entry({ disabled: true }))).toBe(false);
  expect(grave(entry({ notAfter: now - 1 }))).toBe(false);
});

test('a node that didn’t answer is no "never"', () => {
  expect(texts(entry(), { used: 'unknown' })).toContainEqual({
    text: expect.stringContaining('isn’t known'),
    grave: true,
  });
});

test('nor is a server that doesn’t record it', () => {
  expect(texts(entry(), { used: 'unrecorded' })).toContainEqual({
    text: expect.stringMatching(/isn’t known. This server doesn’t record/),
    grave: true,
  });
});

test('siblings with the same key and a collection’s members are named', () => {
  const said = texts(entry({ secondaryThumbprints: ['CD', 'EF'] }), { siblings: ['twin'] }).map(({ text }) => text);
  expect(said).toContain('The 2 other certificates of its collection are deleted too.');
  expect(said).toContain('“twin” has the same key: its holder is still let in by that one.');
});
