import { type ReactNode, useMemo } from 'react';
import type { BulkAction } from '../../domain/bulk.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { clearanceLabels } from '../../domain/clearance.ts';
import { accessLabels, accessTo } from '../../domain/database-access.ts';
import { type LastUse, lastUsed } from '../../domain/last-used.ts';
import { agoText, numberText } from '../../domain/time-text.ts';
import { Card } from '../../ui/card.tsx';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icon.tsx';
import { bulkConsequences } from './bulk-consequences.ts';
import { BulkList } from './bulk-list.tsx';
import { alreadyText, willText } from './bulk-request.ts';
import css from './bulk.module.css';
import type { RequestPlan } from './plan-request.ts';

/** The dry run: what changes, what can't and why, what is so already, and what follows. */
export function BulkPlanCard({
  plan,
  action,
  lastUse,
  now,
}: {
  plan: RequestPlan;
  action: BulkAction;
  lastUse: LastUse | undefined;
  now: number;
}) {
  const { changes, refused, unchanged, gone, staying } = plan;
  const consequences = useMemo(
    () =>
      changes.length === 0
        ? []
        : bulkConsequences(
            changes.map(({ entry }) => entry),
            action,
            { staying, lastUse, now },
          ),
    [changes, action, staying, lastUse, now],
  );
  return (
    <Card className={css.card}>
      <Group
        title={willText(action.kind, changes.length)}
        items={changes.map(({ entry }) => ({ entry, text: changeText(entry, action, lastUse, now) }))}
      />
      {consequences.length === 0 ? null : (
        <ul className={css.consequences} aria-label="What follows">
          {consequences.map(({ text, grave }) => (
            <li key={text} className={cx(grave && css.grave)}>
              <Icon name={grave ? 'warning' : 'info'} size={14} />
              <span>{text}</span>
            </li>
          ))}
        </ul>
      )}
      {refused.length === 0 ? null : (
        <Group
          title={`${numberText(refused.length)} can’t be changed`}
          items={refused.map(({ entry, reason }) => ({ entry, text: reason }))}
        />
      )}
      {unchanged.length === 0 ? null : (
        <Group
          title={alreadyText(action.kind, unchanged.length)}
          items={unchanged.map((entry) => ({ entry, text: null }))}
        />
      )}
      {gone === 0 ? null : (
        <p className={css.muted}>
          {numberText(gone)} of the selected {gone === 1 ? 'isn’t' : 'aren’t'} registered any more.
        </p>
      )}
    </Card>
  );
}

function Group({ title, items }: { title: string; items: readonly { entry: CertificateEntry; text: ReactNode }[] }) {
  return (
    <section className={css.group}>
      <h2>{title}</h2>
      {items.length === 0 ? null : <BulkList label={title} items={items} />}
    </section>
  );
}

/** From what to what; where that is clear, what tells how much depends on it. */
function changeText(entry: CertificateEntry, action: BulkAction, lastUse: LastUse | undefined, now: number): ReactNode {
  if (action.kind === 'grant' || action.kind === 'revoke') {
    const before = accessTo(entry, action.database);
    return (
      <>
        <del className={css.from}>{before === null ? 'no access' : accessLabels[before]}</del> →{' '}
        <ins className={css.to}>{action.kind === 'grant' ? accessLabels[action.access] : 'no access'}</ins>
      </>
    );
  }
  const used = lastUse === undefined ? undefined : lastUsed(entry, lastUse);
  const use =
    used === undefined
      ? ''
      : used === 'never'
        ? ', never used'
        : typeof used === 'string'
          ? ', use unknown'
          : `, used ${agoText(used, now)}`;
  return `${clearanceLabels[entry.clearance]}${use}`;
}
