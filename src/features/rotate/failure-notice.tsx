import type { ReactNode } from 'react';
import { explainError } from '../../domain/explain-error.ts';
import { Notice } from '../../ui/notice.tsx';

/** Why something failed, and what to do next. */
export function FailureNotice({ error, actions }: { error: unknown; actions?: ReactNode }) {
  const { title, detail, advice } = explainError(error);
  return (
    <Notice tone="error" title={title} actions={actions}>
      {detail} {advice}
    </Notice>
  );
}
