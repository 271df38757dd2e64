import type { ReactNode } from 'react';
import { explainError } from '../domain/explain-error.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

/** Why something failed, what to do next, and the button that tries it again where `onRetry` is given. */
export function FailureNotice({
  error,
  what,
  tone = 'error',
  onRetry,
  actions = onRetry === undefined ? undefined : <Button onClick={onRetry}>Try again</Button>,
  children,
}: {
  error: unknown;
  /** What didn't come about, said first: `Not saved`. */
  what?: string;
  tone?: 'error' | 'warn';
  onRetry?: () => void;
  /** Instead of the button that `onRetry` brings. */
  actions?: ReactNode;
  /** What else is to be said. */
  children?: ReactNode;
}) {
  const { title, detail, advice } = explainError(error);
  return (
    <Notice tone={tone} title={what === undefined ? title : `${what}: ${title}`} actions={actions}>
      {detail} {advice}
      {children}
    </Notice>
  );
}
