import { useNavigation } from '../../ui/navigation.ts';
import { DeleteDialog } from './delete-dialog.tsx';

/** The dialog over a certificate's page when its address asks for it, `?do=delete`; then back to the list as it was left. */
export function DeleteAsked({ thumbprint, search }: { thumbprint: string; search: string }) {
  const { navigate, recall } = useNavigation();
  if (new URLSearchParams(search).get('do') !== 'delete') return null;
  return (
    <DeleteDialog
      thumbprint={thumbprint}
      onClose={() => navigate(`/certificates/${encodeURIComponent(thumbprint)}`, { replace: true })}
      onDeleted={() => navigate(recall('/'), { replace: true })}
    />
  );
}
