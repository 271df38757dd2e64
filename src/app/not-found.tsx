import { EmptyState } from '../ui/empty-state.tsx';
import { LinkButton } from '../ui/link-button.tsx';

/** No view has this path. */
export function NotFound() {
  return (
    <EmptyState icon="search" title="There is no such page" actions={<LinkButton to="/">All certificates</LinkButton>}>
      <p>The address may be old, or mistyped.</p>
    </EmptyState>
  );
}
