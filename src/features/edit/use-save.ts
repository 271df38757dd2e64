import { useMutation } from '@tanstack/react-query';
import { type Dispatch, type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Certificate } from '../../api/types.ts';
import type { SettingsChange, SettingsDraft } from '../../domain/certificate-settings.ts';
import { useApi } from '../../queries/api-context.ts';
import { certificatesKey } from '../../queries/certificates.ts';
import type { Editable } from '../../queries/editable.ts';
import { finishEdit, saveEdit, type SaveOutcome } from '../../queries/save-edit.ts';
import { useNavigation } from '../../ui/navigation.ts';
import { useToast } from '../../ui/toasts.tsx';
import type { EditAction, EditState } from './edit-state.ts';

/** A collection of which some certificates are still as they were. */
export interface Unfinished {
  readonly left: readonly Certificate[];
  readonly error: unknown;
}

export interface Save {
  readonly save: () => void;
  /** Goes on with what `unfinished` names. */
  readonly finish: () => void;
  readonly pending: boolean;
  /** Saved, with nothing more to say: we are on our way. */
  readonly done: boolean;
  readonly error: unknown;
  /** How many saves ended with something to read or do. */
  readonly stopped: number;
  readonly unfinished: Unfinished | null;
  /** Saved, with something that has to be read: a collection came apart, somebody saved at the same moment. */
  readonly remarks: { readonly apart: readonly Certificate[]; readonly otherwise: readonly SettingsChange[] } | null;
}

/** A name is trimmed when somebody typed it; one that was stored with blanks stays. */
const trimmed = (draft: SettingsDraft, { entry }: Editable): SettingsDraft =>
  draft.name === entry.name ? draft : { ...draft, name: draft.name.trim() };

/** Saves the form, and leads on to the certificate when all is well. The authentication key is read at the last moment. */
export function useSave({
  state,
  dispatch,
  authenticationKey,
}: {
  state: EditState;
  dispatch: Dispatch<EditAction>;
  authenticationKey: RefObject<string | null>;
}): Save {
  const api = useApi();
  const toast = useToast();
  const { navigate } = useNavigation();
  const [unfinished, setUnfinished] = useState<(Unfinished & { draft: SettingsDraft; before: Editable }) | null>(null);
  const [remarks, setRemarks] = useState<Save['remarks']>(null);
  const [done, setDone] = useState(false);
  const [stopped, setStopped] = useState(0);
  // The field that shows a key is gone once the first certificate has it; the others still need it.
  const keyForRest = useRef<string | null>(null);
  useEffect(
    () => () => {
      keyForRest.current = null;
    },
    [],
  );
  const take = (outcome: SaveOutcome, draft: SettingsDraft, before: Editable) => {
    if (outcome.kind === 'deleted') {
      dispatch({ type: 'read', current: null });
      return;
    }
    if (outcome.kind === 'changed') {
      dispatch({ type: 'read', current: outcome.current });
      return;
    }
    dispatch({ type: 'saved', current: outcome.current });
    setUnfinished(outcome.kind === 'unfinished' ? { ...outcome, draft, before } : null);
    if (outcome.kind === 'unfinished') return;
    keyForRest.current = null;
    const { apart, otherwise } = outcome;
    setRemarks(apart.length + otherwise.length > 0 ? { apart, otherwise } : null);
    setDone(apart.length + otherwise.length === 0);
  };
  // What is sent isn't the mutation's variables: those stay in the cache for a while, and the key must not.
  const run = useMutation({
    mutationKey: [...certificatesKey, 'edit'],
    meta: { thumbprint: state.base.entry.thumbprint },
    gcTime: 0,
    mutationFn: async (goOn: boolean) => {
      if (goOn && unfinished !== null) {
        const { before, left, draft } = unfinished;
        const outcome = await finishEdit(api, before, left, { draft, authenticationKey: keyForRest.current });
        return { kind: outcome.kind, settle: () => take(outcome, draft, before) };
      }
      const draft = trimmed(state.draft, state.base);
      keyForRest.current = draft.twoFactor === 'replace' ? authenticationKey.current : null;
      const outcome = await saveEdit(api, state.base, { draft, authenticationKey: authenticationKey.current });
      return { kind: outcome.kind, settle: () => take(outcome, draft, state.base) };
    },
    onSuccess: ({ settle }) => settle(),
    onSettled: () => setStopped((before) => before + 1),
  });
  const leave = useEffectEvent(() => {
    toast({ tone: 'success', text: `“${state.base.entry.name}” is saved` });
    navigate(`/certificates/${state.base.entry.thumbprint}`, { replace: true });
  });
  // After the guard has seen that nothing is unsaved any more.
  useEffect(() => {
    if (done) leave();
  }, [done]);
  return {
    save: () => run.mutate(false),
    finish: () => run.mutate(true),
    pending: run.isPending,
    done,
    error: run.error,
    stopped,
    unfinished,
    remarks,
  };
}
