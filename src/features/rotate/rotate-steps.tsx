import { useQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode, useRef, useState } from 'react';
import { allowedActions } from '../../domain/allowed-actions.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { lastUsed } from '../../domain/last-used.ts';
import { useApi } from '../../queries/api-context.ts';
import { whoAmIQuery } from '../../queries/certificates.ts';
import { lastUseQuery } from '../../queries/server.ts';
import { useCapabilities } from '../../queries/use-capabilities.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Card } from '../../ui/card.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import { Notice } from '../../ui/notice.tsx';
import { DeleteStep } from './delete-step.tsx';
import { DisableStep } from './disable-step.tsx';
import { HandOverStep } from './hand-over-step.tsx';
import { IssueStep } from './issue-step.tsx';
import { RotateStep } from './rotate-step.tsx';
import css from './rotate.module.css';
import { rotationSteps, type StepName } from './rotation-steps.ts';

/** How often the server is asked for the first use, in milliseconds; only while the page is looked at. */
const lookEvery = 5_000;

/** The four steps, as far as the two certificates are. */
export function RotateSteps({
  path,
  old,
  next,
  pending,
  issue,
}: {
  path: string;
  /** Null: deleted. */
  old: CertificateEntry | null;
  /** Null: not issued yet. */
  next: CertificateEntry | null;
  /** The new one is named, and is being read. */
  pending: boolean;
  issue: (old: CertificateEntry, onIssued: (thumbprint: string | null) => void) => ReactNode;
}) {
  const api = useApi();
  const { navigate, offers } = useNavigation();
  const announce = useAnnounce();
  const [openedAt] = useState(Date.now);
  const [round, setRound] = useState(0);
  // Where the server doesn't record it, a person says so.
  const [saidUsed, setSaidUsed] = useState(false);
  const canDisable = useCapabilities()?.disable !== false;
  const { data: viewer } = useQuery(whoAmIQuery(api));
  const { data: lastUse, dataUpdatedAt } = useQuery({
    ...lastUseQuery(api),
    enabled: next !== null,
    refetchInterval: lookEvery,
  });
  const now = Math.max(openedAt, dataUpdatedAt);
  const usedOf = (entry: CertificateEntry | null) =>
    entry === null || lastUse === undefined ? undefined : lastUsed(entry, lastUse);
  const newUsed = usedOf(next);
  const inUse = typeof newUsed === 'number' || (newUsed === 'unrecorded' && saidUsed);
  const clone = old === null || viewer == null ? true : allowedActions(old, viewer, openedAt).clone;
  const own = old?.thumbprints.some((one) => one.toUpperCase() === viewer?.thumbprint.toUpperCase()) === true;
  const steps = rotationSteps({
    old,
    issued: next !== null,
    used: inUse,
    canDisable,
    offersDisable: offers(`${path}?do=disable`),
    now: openedAt,
  });

  const list = useRef<HTMLOListElement>(null);
  // The pressed button goes with its step: the focus goes to a heading, which stays.
  const goOn = (step: StepName, said: string) => {
    announce(said);
    list.current?.querySelector<HTMLElement>(`[data-step="${step}"]`)?.focus();
  };
  const goOnWith = (thumbprint: string | null) => {
    // Issued, and nobody could read its thumbprint: it is found by its name.
    if (thumbprint === null) setRound(round + 1);
    else {
      navigate(`${path}/rotate?to=${thumbprint}`, { replace: true });
      goOn('handOver', 'The new certificate is issued.');
    }
  };
  const retire = old !== null && next !== null && !own ? { old, used: usedOf(old), now } : null;
  const ownNotice =
    next !== null && own ? (
      <Notice title="This console itself uses the old one">
        Start it again with the new one (--pfx and the new file), or have that done by whoever runs it, and open this
        address again: it goes on here.
      </Notice>
    ) : null;
  return (
    <Card aria-label="Steps of the rotation">
      <ol ref={list} className={css.steps}>
        <RotateStep number={1} name="issue" title="Issue the new certificate" state={steps.issue}>
          <IssueStep
            old={old}
            next={next}
            pending={pending}
            refusal={clone === true ? undefined : clone}
            issue={(of) => <Fragment key={round}>{issue(of, goOnWith)}</Fragment>}
            onChosen={goOnWith}
            now={openedAt}
          />
        </RotateStep>
        <RotateStep number={2} name="handOver" title="Hand it over, and see it used" state={steps.handOver}>
          {next === null ? null : (
            <HandOverStep
              next={next}
              used={newUsed}
              saidUsed={saidUsed}
              now={now}
              onSaidUsed={() => {
                setSaidUsed(true);
                goOn(steps.disable.state === 'needless' ? 'delete' : 'disable', 'Taken as in use.');
              }}
            />
          )}
        </RotateStep>
        {canDisable ? (
          <RotateStep number={3} name="disable" title="Disable the old one" state={steps.disable}>
            {ownNotice}
            {retire === null || steps.disable.state === 'needless' ? null : (
              <DisableStep
                {...retire}
                newUsed={inUse}
                current={steps.disable.state === 'now'}
                onDone={(disabled) =>
                  goOn(disabled ? 'delete' : 'disable', `The old one is ${disabled ? 'disabled' : 'enabled again'}.`)
                }
              />
            )}
          </RotateStep>
        ) : null}
        <RotateStep number={canDisable ? 4 : 3} name="delete" title="Delete the old one" state={steps.delete}>
          {canDisable ? null : ownNotice}
          {retire === null ? null : (
            <DeleteStep
              {...retire}
              current={steps.delete.state === 'now'}
              alone={retire.old.disabled === true || steps.disable.state === 'needless'}
              onDone={() => goOn('delete', 'The old one is deleted.')}
            />
          )}
        </RotateStep>
      </ol>
    </Card>
  );
}
