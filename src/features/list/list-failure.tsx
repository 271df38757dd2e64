import { RavenError } from '../../api/errors.ts';
import { explainError } from '../../domain/explain-error.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Notice } from '../../ui/notice.tsx';

/** The list couldn't be loaded: in its place, or above the old list while that is `stale`. */
export function ListFailure({
  error,
  onRetry,
  stale = false,
}: {
  error: unknown;
  onRetry: () => void;
  stale?: boolean;
}) {
  const { title, detail, advice } = explainError(error);
  const action =
    error instanceof RavenError && error.status === 428 ? (
      <LinkButton to="/two-factor" variant="primary" size={stale ? 'small' : 'normal'}>
        Enter the code
      </LinkButton>
    ) : (
      <Button icon="refresh" onClick={onRetry} size={stale ? 'small' : 'normal'}>
        Try again
      </Button>
    );
  if (stale)
    return (
      <Notice
        tone="warn"
        title={`This list may be out of date: ${title.charAt(0).toLowerCase()}${title.slice(1)}`}
        actions={action}
      >
        {advice}
      </Notice>
    );
  return (
    <div role="alert">
      <EmptyState icon="error" title={title} actions={action}>
        <p>{advice}</p>
        {detail === '' ? null : <p>{detail}</p>}
      </EmptyState>
    </div>
  );
}
