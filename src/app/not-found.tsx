import { LinkButton } from '../ui/link-button.tsx';
import { PageHeader } from '../ui/page-header.tsx';

/** No view has this path. */
export function NotFound() {
  return (
    <PageHeader title="There is no such page" actions={<LinkButton to="/">All certificates</LinkButton>}>
      The address may be old, or mistyped.
    </PageHeader>
  );
}
