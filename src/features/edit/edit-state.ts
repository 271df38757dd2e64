import {
  copyField,
  draftChanges,
  draftOf,
  type ForeignChange,
  mergeForeign,
  type SettingsDraft,
  type SettingsKey,
  settingsOf,
} from '../../domain/certificate-settings.ts';
import type { Editable } from '../../queries/editable.ts';

export type Side = 'mine' | 'theirs';

/** A change of somebody else's, and what we make of it. */
export interface Settled {
  readonly change: ForeignChange;
  /** Our draft before theirs came in. */
  readonly before: SettingsDraft;
  /** Undefined while a contradiction isn't settled; what we hadn't touched is theirs. */
  readonly side: Side | undefined;
}

/** The form: what was read last, what is wanted, and what somebody else did meanwhile. */
export interface EditState {
  readonly base: Editable;
  readonly draft: SettingsDraft;
  readonly foreign: readonly Settled[];
  readonly deleted: boolean;
}

export type EditAction =
  | { readonly type: 'set'; readonly change: Partial<SettingsDraft> }
  /** The certificate was read anew; null: it isn't registered any more. */
  | { readonly type: 'read'; readonly current: Editable | null }
  /** It was saved; what it is now is the new start. */
  | { readonly type: 'saved'; readonly current: Editable }
  | { readonly type: 'settle'; readonly side: Side; readonly keys: readonly SettingsKey[] };

export const startEdit = (base: Editable): EditState => ({
  base,
  draft: draftOf(base.entry),
  foreign: [],
  deleted: false,
});

function read(state: EditState, current: Editable): EditState {
  const { base, draft } = state;
  const merged = mergeForeign(settingsOf(base.entry), draft, settingsOf(current.entry));
  const fresh = merged.foreign.map(
    (change): Settled => ({ change, before: draft, side: change.mine === null ? 'theirs' : undefined }),
  );
  const again = new Set(fresh.map(({ change }) => change.key));
  const foreign = [...state.foreign.filter(({ change }) => !again.has(change.key)), ...fresh];
  return { base: current, draft: merged.draft, foreign, deleted: false };
}

function settle(state: EditState, side: Side, keys: readonly SettingsKey[]): EditState {
  let { draft } = state;
  const foreign = state.foreign.map((settled) => {
    if (!keys.includes(settled.change.key)) return settled;
    draft = copyField(draft, side === 'mine' ? settled.before : draftOf(state.base.entry), settled.change.key);
    return { ...settled, side };
  });
  return { ...state, draft, foreign };
}

export function editReducer(state: EditState, action: EditAction): EditState {
  switch (action.type) {
    case 'set':
      return { ...state, draft: { ...state.draft, ...action.change } };
    case 'read':
      return action.current === null ? { ...state, deleted: true } : read(state, action.current);
    case 'saved':
      return startEdit(action.current);
    case 'settle':
      return settle(state, action.side, action.keys);
  }
}

export const changesOf = ({ base, draft }: EditState) => draftChanges(settingsOf(base.entry), draft);

export const unsettled = ({ foreign }: EditState): readonly Settled[] =>
  foreign.filter(({ side }) => side === undefined);

/** Whether theirs can be put back: an authentication key that was replaced or removed is gone. */
export const canKeepMine = ({ change }: Settled): boolean => change.key !== 'twoFactor' || change.mine !== null;
