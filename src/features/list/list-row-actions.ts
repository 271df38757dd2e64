import type { Allowed, AllowedActions } from '../../domain/allowed-actions.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import type { MenuItem } from '../../ui/menu-button.tsx';

const reason = (allowed: Allowed): string | undefined => (allowed === true ? undefined : allowed);

/** The menu of a row: views of their own, each there even when it can't be used, with the reason. */
export function rowActions(entry: CertificateEntry, allowed: AllowedActions): MenuItem[] {
  const path = `/certificates/${encodeURIComponent(entry.thumbprint)}`;
  return [
    { label: 'Open', icon: 'forward', to: path },
    { label: 'Edit', icon: 'edit', to: `${path}/edit`, disabledReason: reason(allowed.edit) },
    {
      label: 'Issue another with these rights',
      icon: 'copy',
      to: `/generate?from=${encodeURIComponent(entry.thumbprint)}`,
      disabledReason: reason(allowed.clone),
    },
    { label: 'Rotate', icon: 'refresh', to: `${path}/rotate`, disabledReason: reason(allowed.clone) },
    {
      label: entry.disabled ? 'Enable' : 'Disable',
      icon: entry.disabled ? 'play' : 'pause',
      to: `${path}?do=${entry.disabled ? 'enable' : 'disable'}`,
      disabledReason: reason(allowed.disable),
      separated: true,
    },
    { label: 'Delete', icon: 'trash', tone: 'danger', to: `${path}?do=delete`, disabledReason: reason(allowed.delete) },
  ];
}
