import { useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useEffect, useEffectEvent, useId, useReducer, useRef, useState } from 'react';
import { RavenError } from '../../api/errors.ts';
import { allowedActions, type Viewer } from '../../domain/allowed-actions.ts';
import { settingsOf } from '../../domain/certificate-settings.ts';
import { isClusterAdmin } from '../../domain/clearance.ts';
import { readOnlyProblem } from '../../domain/rights.ts';
import { useApi } from '../../queries/api-context.ts';
import type { Editable } from '../../queries/editable.ts';
import { licenceQuery } from '../../queries/server.ts';
import { useNeighbours } from '../../queries/use-neighbours.ts';
import type { CodeCheck } from '../../ui/authenticator-key.tsx';
import { Card } from '../../ui/card.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Tag } from '../../ui/tag.tsx';
import { consequences, raises } from './consequences.ts';
import { editProblems } from './edit-problems.ts';
import { changesOf, editReducer, startEdit, unsettled } from './edit-state.ts';
import css from './edit.module.css';
import { keptEdits as kept } from './kept-edits.ts';
import { ForeignChanges } from './foreign-changes.tsx';
import { SaveOutcomeNotice } from './save-outcome-notice.tsx';
import { SettingsFields } from './settings-fields.tsx';
import { Summary } from './summary.tsx';
import { useSave } from './use-save.ts';

/** The field that takes the code of a new key; the choice of what becomes of the key stands before it. */
const codeInput = '[autocomplete="one-time-code"]';

/** The form of an edit, with what it will change beside it. `latest` is the newest reading, null when the certificate is gone. */
export function EditForm({
  start,
  latest,
  viewer,
  now,
}: {
  start: Editable;
  latest: Editable | null | undefined;
  viewer: Viewer;
  now: number;
}) {
  const api = useApi();
  const id = useId();
  const [state, dispatch] = useReducer(
    editReducer,
    start,
    (fresh) => kept.get(api, fresh.entry.thumbprint) ?? startEdit(fresh),
  );
  const [codeCheck, setCodeCheck] = useState<CodeCheck>('open');
  const [tried, setTried] = useState(false);
  const authenticationKey = useRef<string | null>(null);
  const fields = useRef<HTMLDivElement>(null);
  const abandoned = useRef(false);
  const { base, draft } = state;
  const { entry } = base;
  const changes = changesOf(state);
  const { data: licence } = useQuery(licenceQuery(api));
  const neighbours = useNeighbours(entry, draft.disabled === true && entry.disabled !== true, now);
  const save = useSave({ state, dispatch, authenticationKey });
  const keep = useEffectEvent(() => {
    const worth = changes.length > 0 && !save.done && !abandoned.current;
    kept.set(api, entry.thumbprint, worth ? state : null);
  });
  useEffect(() => () => keep(), []);
  const readAgain = useEffectEvent((current: Editable | null | undefined) => {
    // What a save of ours did isn't somebody else's doing.
    if (current !== undefined && !save.pending) dispatch({ type: 'read', current });
  });
  useEffect(() => readAgain(latest), [latest]);

  const news = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What came of it stands on top, out of sight of the button on a small screen.
    if (save.stopped === 0) return;
    news.current?.focus({ preventScroll: true });
    news.current?.scrollIntoView({ block: 'nearest' });
  }, [save.stopped]);
  const own = entry.thumbprints.some((thumbprint) => thumbprint === viewer.thumbprint);
  const unlicensed = save.error instanceof RavenError && save.error.status === 402;
  const problems = editProblems(settingsOf(entry), draft, {
    readOnlyLicence: licence?.hasReadOnlyCertificates ?? null,
    clusterAdmin: isClusterAdmin(viewer.clearance),
    lastAdmin: neighbours.lastAdmin,
    codeCheck,
  });
  const waiting = unsettled(state).length;
  const blocked = state.deleted
    ? 'It was deleted: there is nothing to save to.'
    : waiting > 0
      ? 'First choose whose change holds.'
      : changes.length === 0 && !entry.orphan
        ? 'Nothing has changed.'
        : undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (blocked !== undefined || save.pending) return;
    setTried(true);
    const [first] = Object.keys(problems);
    if (first === undefined) save.save();
    else
      fields.current
        ?.querySelector<HTMLElement>(`[data-field="${first}"] ${first === 'codeCheck' ? codeInput : 'input'}`)
        ?.focus();
  };
  return (
    <div className={css.page}>
      <PageHeader
        title={`Edit ${entry.name}`}
        back={{ to: `/certificates/${entry.thumbprint}`, label: entry.name }}
        tags={own ? <Tag tone="accent">Used by this console</Tag> : undefined}
      />
      <div ref={news} className={css.news} tabIndex={-1}>
        {state.deleted ? (
          <Notice tone="error" title={`“${entry.name}” was deleted meanwhile`}>
            Somebody else deleted it. What you entered stays here as long as you do: copy what you need, or issue
            another certificate with it.
          </Notice>
        ) : null}
        <ForeignChanges foreign={state.foreign} onSettle={(side, keys) => dispatch({ type: 'settle', side, keys })} />
        <SaveOutcomeNotice entry={entry} save={save} />
      </div>
      {entry.orphan ? (
        <Notice tone="warn" title="This certificate belonged to a collection">
          Its collection doesn’t list it any more, and RavenDB refuses to delete it. Saving it, changed or not, makes it
          stand on its own.
        </Notice>
      ) : null}
      <div className={css.columns}>
        <Card aria-label="Settings">
          <form id={id} className={css.form} noValidate onSubmit={submit}>
            <div ref={fields} className={css.form}>
              <SettingsFields
                base={entry}
                draft={draft}
                onChange={(change) => dispatch({ type: 'set', change })}
                problems={{
                  ...problems,
                  codeCheck: tried ? problems.codeCheck : undefined,
                  databases: problems.databases ?? (unlicensed ? readOnlyProblem : undefined),
                }}
                clusterAdmin={isClusterAdmin(viewer.clearance)}
                disableAllowed={allowedActions(entry, viewer, now).disable}
                authenticationKey={authenticationKey}
                codeCheck={codeCheck}
                onCodeCheck={setCodeCheck}
              />
            </div>
          </form>
        </Card>
        <Summary
          formId={id}
          entry={entry}
          members={base.members}
          raises={raises(base.members, draft)}
          changes={changes}
          consequences={consequences(entry, draft, { own, siblings: neighbours.siblings })}
          blocked={blocked}
          pending={save.pending}
          label={entry.orphan && changes.length === 0 ? 'Make it stand on its own' : 'Save'}
        />
      </div>
      <LeaveGuard
        when={(changes.length > 0 || save.unfinished !== null) && !save.done}
        title="Leave without saving?"
        onLeave={() => {
          abandoned.current = true;
        }}
      >
        <p>
          {save.unfinished === null
            ? `${changes.length === 1 ? 'One change' : `${changes.length} changes`} of “${entry.name}” ${changes.length === 1 ? 'isn’t' : 'aren’t'} saved.`
            : `Some certificates of the collection “${entry.name}” still have their old settings.`}
        </p>
      </LeaveGuard>
    </div>
  );
}
