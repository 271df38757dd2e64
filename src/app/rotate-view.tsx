import { GenerateSuccessor } from '../features/generate/generate-successor.tsx';
import { RotatePage } from '../features/rotate/rotate-page.tsx';

/** The rotation of a certificate, with the form that issues its successor: two features that meet here. */
export function RotateView({ thumbprint, search }: { thumbprint: string; search: string }) {
  return (
    <RotatePage
      thumbprint={thumbprint}
      search={search}
      issue={(old, onIssued) => <GenerateSuccessor of={old} onIssued={onIssued} />}
    />
  );
}
