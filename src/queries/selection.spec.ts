import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { selectCertificates, selectedCertificates, selectionIn, selectionState } from './selection.ts';

test('a selection survives the history entry, each certificate once', () => {
  const state: unknown = structuredClone(selectionState(new Set(['AB', 'CD'])));
  expect(selectionIn(state)).toEqual(['AB', 'CD']);
  expect(selectionIn({ selected: ['AB', 'AB', 7, null] })).toEqual(['AB']);
});

test.each([null, undefined, 'AB', {}, { selected: 'AB' }, { upload: { name: 'x' } }])('%o selects nothing', (state) => {
  expect(selectionIn(state)).toEqual([]);
});

test('each console has its own', () => {
  const [one, other] = [new QueryClient(), new QueryClient()];
  selectCertificates(one, new Set(['AB']));
  expect([...selectedCertificates(one)]).toEqual(['AB']);
  expect(selectedCertificates(other).size).toBe(0);
});
