import { expect, test } from 'vitest';
import { lengthProblem, sessionLengths } from './session-length.ts';

const lengths = (defaultSessionDuration: number, maxSessionDuration: number) =>
  sessionLengths({ defaultSessionDuration, maxSessionDuration, clockAhead: null }).map(({ label }) => label);

test('RavenDB’s own limits', () => {
  expect(lengths(120, 1440)).toEqual(['15 minutes', '1 hour', '2 hours', '8 hours', '24 hours, the longest']);
});

test('what the server doesn’t allow isn’t offered; its default and longest are', () => {
  expect(lengths(20, 90)).toEqual(['15 minutes', '20 minutes', '1 hour', '1 hour 30 minutes, the longest']);
  expect(lengths(5, 5)).toEqual(['5 minutes']);
});

test.each([
  ['', 'whole number'],
  ['0', 'whole number'],
  ['-5', 'whole number'],
  ['1.5', 'whole number'],
  ['1e3', 'whole number'],
  ['1441', 'at most 1,440 minutes (24 hours)'],
])('%j minutes: %s', (text, problem) => {
  expect(lengthProblem(text, 1440)).toContain(problem);
});

test('1 to the longest pass', () => {
  expect(['1', ' 90 ', '1440'].map((text) => lengthProblem(text, 1440))).toEqual([null, null, null]);
});
