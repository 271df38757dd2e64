import { useNavigation } from '../../ui/navigation.ts';
import { SwitchDialog } from './switch-dialog.tsx';

/** The dialog over a certificate's page when its address asks for it: `?do=disable` or `?do=enable`; nothing otherwise. */
export function SwitchAsked({ thumbprint, search }: { thumbprint: string; search: string }) {
  const { navigate } = useNavigation();
  const query = new URLSearchParams(search);
  const to = query.get('do');
  if (to !== 'enable' && to !== 'disable') return null;
  const close = () => {
    query.delete('do');
    const rest = query.toString();
    navigate(`/certificates/${thumbprint}${rest === '' ? '' : `?${rest}`}`, { replace: true });
  };
  return <SwitchDialog thumbprint={thumbprint} to={to} onClose={close} />;
}
