import type { ReactNode } from 'react';
import type { CertificateState } from '../../domain/certificate-state.ts';
import { stateLabels } from '../../domain/certificate-state.ts';
import { cx } from '../../ui/cx.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import css from './list-row.module.css';

const icons: Readonly<Record<CertificateState, IconName>> = {
  valid: 'check',
  expiring: 'clock',
  expired: 'error',
  notYetValid: 'clock',
  disabled: 'pause',
  unreadable: 'error',
};

/** A row's state: a drawing of its own for each, and its word for who doesn't see it. Before it what selects the row. */
export function ListStateCell({ state, children }: { state: CertificateState; children: ReactNode }) {
  const tone = state === 'expiring' ? 'warn' : state === 'expired' || state === 'unreadable' ? 'bad' : undefined;
  return (
    <div role="gridcell" className={cx(css.cell, css.state)} data-tone={tone} title={stateLabels[state]}>
      {children}
      <Icon name={icons[state]} size={14} />
      <VisuallyHidden>{stateLabels[state]}</VisuallyHidden>
    </div>
  );
}
