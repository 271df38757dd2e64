import type { Allowed, AllowedActions } from '../../domain/allowed-actions.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { useNavigation } from '../../ui/navigation.ts';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { MenuButton } from '../../ui/menu-button.tsx';

const reason = (allowed: Allowed | undefined): string | undefined =>
  allowed === undefined ? 'Asking the server who you are.' : allowed === true ? undefined : allowed;

/** What can be done with a certificate; what can't is there too and says why. */
export function DetailsActions({
  entry,
  path,
  allowed,
  keepsHistory,
}: {
  entry: CertificateEntry;
  path: string;
  allowed: AllowedActions | undefined;
  keepsHistory: boolean;
}) {
  const { navigate, offers } = useNavigation();
  const edit = reason(allowed?.edit);
  return (
    <>
      {entry.kind === 'client' ? <LinkButton to={`${path}/use`}>Use it</LinkButton> : null}
      {entry.kind === 'server' ? <LinkButton to="/server">Server page</LinkButton> : null}
      {keepsHistory ? <LinkButton to={`${path}/history`}>History</LinkButton> : null}
      {offers(`${path}/edit`) ? (
        <Button variant="primary" icon="edit" disabledReason={edit} onClick={() => navigate(`${path}/edit`)}>
          Edit
        </Button>
      ) : null}
      <MenuButton
        icon="more"
        size="icon"
        aria-label="More actions"
        menuLabel={`Actions for ${entry.name}`}
        items={[
          {
            label: 'Issue another with these rights',
            icon: 'copy',
            to: `/generate?from=${encodeURIComponent(entry.thumbprint)}`,
            disabledReason: reason(allowed?.clone),
          },
          { label: 'Rotate', icon: 'refresh', to: `${path}/rotate`, disabledReason: reason(allowed?.clone) },
          {
            label: entry.disabled ? 'Enable' : 'Disable',
            icon: entry.disabled ? 'play' : 'pause',
            to: `${path}?do=${entry.disabled ? 'enable' : 'disable'}`,
            disabledReason: reason(allowed?.disable),
            separated: true,
          },
          {
            label: 'Delete',
            icon: 'trash',
            tone: 'danger',
            to: `${path}?do=delete`,
            disabledReason: reason(allowed?.delete),
          },
        ]}
      />
    </>
  );
}
