import { expect, test } from 'vitest';
import type { Certificate } from '../../api/types.ts';
import { entryOf } from '../../domain/certificate-harness.ts';
import type { Editable } from '../../queries/editable.ts';
import { changesOf, editReducer, type EditState, startEdit, unsettled } from './edit-state.ts';

const editable = (more: Partial<Certificate> = {}): Editable => ({
  entry: entryOf({ clearance: 'ValidUser', permissions: [{ database: 'orders', access: 'Read' }], ...more }),
  members: [],
});
const typed = (change: Partial<EditState['draft']>): EditState =>
  editReducer(startEdit(editable()), { type: 'set', change });
const words = (state: EditState) => changesOf(state).map(({ what, to }) => `${what}: ${to}`);

test('reading the same again changes nothing', () => {
  const before = typed({ name: 'bob' });
  expect(editReducer(before, { type: 'read', current: editable() })).toMatchObject({
    draft: before.draft,
    foreign: [],
  });
});

test('theirs comes in where nothing was typed, and can be put back', () => {
  const state = editReducer(typed({ name: 'bob' }), { type: 'read', current: editable({ clearance: 'Operator' }) });
  expect(words(state)).toEqual(['Name: bob']);
  expect(unsettled(state)).toEqual([]);
  expect(words(editReducer(state, { type: 'settle', side: 'mine', keys: ['clearance'] }))).toEqual([
    'Name: bob',
    'Clearance: User',
  ]);
});

test('a contradiction waits; either side can be taken, also after the other', () => {
  const state = editReducer(typed({ name: 'mine' }), { type: 'read', current: editable({ name: 'theirs' }) });
  expect(unsettled(state)).toHaveLength(1);
  const theirs = editReducer(state, { type: 'settle', side: 'theirs', keys: ['name'] });
  expect([unsettled(theirs), words(theirs)]).toEqual([[], []]);
  const mine = editReducer(theirs, { type: 'settle', side: 'mine', keys: ['name'] });
  expect(words(mine)).toEqual(['Name: mine']);
});

test('a second change of theirs is merged over the first', () => {
  const first = editReducer(typed({ name: 'mine' }), { type: 'read', current: editable({ disabled: true }) });
  const second = editReducer(first, { type: 'read', current: editable({ disabled: false, name: 'theirs' }) });
  expect(second.foreign.map(({ change, side }) => [change.key, change.to, side])).toEqual([
    ['name', 'theirs', undefined],
    ['disabled', 'enabled', 'theirs'],
  ]);
  expect(words(second)).toEqual(['Name: mine']);
});

test('deleted meanwhile: what was typed stays', () => {
  const state = editReducer(typed({ name: 'bob' }), { type: 'read', current: null });
  expect([state.deleted, state.draft.name]).toEqual([true, 'bob']);
});
