import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Viewer } from '../../domain/allowed-actions.ts';
import { type CertificateEntry, toEntries } from '../../domain/certificate-entry.ts';
import { isClusterAdmin } from '../../domain/clearance.ts';
import { errorTexts } from '../../domain/error-texts.ts';
import { oneLine } from '../../domain/name-text.ts';
import { numberText } from '../../domain/time-text.ts';
import { useApi } from '../../queries/api-context.ts';
import type { BulkOrder } from '../../queries/bulk.ts';
import type { LoadedCertificates } from '../../queries/certificates.ts';
import { lastUseQuery, licenceQuery } from '../../queries/server.ts';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import { TextField } from '../../ui/text-field.tsx';
import { BulkAccess } from './bulk-access.tsx';
import { BulkPlanCard } from './bulk-plan-card.tsx';
import { bulkAction, type BulkRequest, bulkTitle } from './bulk-request.ts';
import css from './bulk.module.css';
import { planRequest, planText } from './plan-request.ts';

/** What would change, what can't and why, and the button that does it. */
export function BulkDryRun({
  selected,
  request,
  entries,
  viewer,
  refresh,
  onStart,
}: {
  selected: readonly string[];
  request: BulkRequest;
  entries: readonly CertificateEntry[];
  viewer: Viewer;
  refresh: () => Promise<LoadedCertificates | undefined>;
  onStart: (entries: readonly CertificateEntry[], order: BulkOrder) => void;
}) {
  const api = useApi();
  const { recall } = useNavigation();
  const { data: licence } = useQuery(licenceQuery(api));
  const { data: lastUse } = useQuery(lastUseQuery(api));
  const [now] = useState(Date.now);
  const [typed, setTyped] = useState('');
  const [checking, setChecking] = useState(false);
  const [problem, setProblem] = useState<{ title: string; next: string }>();
  const readOnlyLicence = licence?.hasReadOnlyCertificates ?? null;
  const { kind, database, access } = request;
  const action = useMemo(() => bulkAction({ kind, database, access }), [kind, database, access]);
  const plan = useMemo(
    () => (action === null ? undefined : planRequest(selected, action, { entries, viewer, readOnlyLicence, now })),
    [selected, action, entries, viewer, readOnlyLicence, now],
  );
  const changing = plan?.changes.map(({ entry }) => entry) ?? [];
  const count = changing.length;

  // Whoever deletes admins' certificates is held up for a moment: by the name of one, by the number of several.
  const admins = kind === 'delete' ? changing.filter(({ clearance }) => isClusterAdmin(clearance)).length : 0;
  const word = count === 1 ? oneLine(changing[0]?.name || changing[0]?.thumbprint || '') : String(count);
  const blocked =
    action === null
      ? 'Choose a database first.'
      : count === 0
        ? 'There is nothing to change.'
        : admins > 0 && oneLine(typed) !== word
          ? `Type ${word} first.`
          : undefined;

  const begin = async () => {
    if (action === null || plan === undefined) return;
    setProblem(undefined);
    setChecking(true);
    try {
      // The list may be minutes old: what is done has to be what was shown.
      const list = await refresh();
      if (list === undefined) return;
      const fresh = planRequest(selected, action, {
        entries: toEntries(list),
        viewer,
        readOnlyLicence,
        now: Date.now(),
      });
      if (planText(fresh) === planText(plan))
        onStart(
          fresh.changes.map(({ entry }) => entry),
          { action, viewer, staying: fresh.staying },
        );
      else
        setProblem({
          title: 'Somebody else changed some of these certificates',
          next: 'Nothing was sent. What would change is shown anew: look at it again.',
        });
    } catch (error) {
      setProblem(errorTexts(error));
    } finally {
      setChecking(false);
    }
  };

  return (
    <form
      className={css.page}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (blocked === undefined && !checking) void begin();
      }}
    >
      {kind === 'grant' || kind === 'revoke' ? <BulkAccess request={request} selected={selected} /> : null}
      {plan === undefined || action === null ? null : (
        <BulkPlanCard plan={plan} action={action} lastUse={lastUse} now={now} />
      )}
      {admins > 0 ? (
        <TextField
          label={
            count === 1 ? (
              <>
                Type <b>{word}</b> to delete this admin’s certificate
              </>
            ) : (
              <>
                Type <b>{word}</b> to delete {numberText(count)} certificates, {numberText(admins)} of them of admins
              </>
            )
          }
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          spellCheck={false}
          autoComplete="off"
        />
      ) : null}
      {problem === undefined ? null : (
        <Notice tone="error" title={problem.title}>
          {problem.next}
        </Notice>
      )}
      <div className={css.foot}>
        <LinkButton to={recall('/')}>Cancel</LinkButton>
        <Button
          type="submit"
          variant={kind === 'delete' ? 'danger-solid' : 'primary'}
          pending={checking}
          disabledReason={blocked}
        >
          {bulkTitle(kind, plan === undefined ? selected.length : count)}
        </Button>
      </div>
    </form>
  );
}
