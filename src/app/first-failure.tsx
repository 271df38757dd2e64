import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { explainInHost } from './explain-in-host.ts';
import { needsSignIn } from './failure.ts';
import { useHost } from './host.ts';

/** In the place of any view, when not even who we are could be asked. */
export function FirstFailure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { title, detail, advice } = explainInHost(error, useHost());
  return (
    <div role="alert">
      <EmptyState
        icon={needsSignIn(error) ? 'lock' : 'server'}
        title={title}
        actions={
          <Button icon="refresh" onClick={onRetry}>
            Try again
          </Button>
        }
      >
        <p>{advice}</p>
        {detail === '' ? null : <p>{detail}</p>}
      </EmptyState>
    </div>
  );
}
