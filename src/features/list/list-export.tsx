import type { LastUse } from '../../domain/last-used.ts';
import { MenuButton, type MenuItem } from '../../ui/menu-button.tsx';
import { useToast } from '../../ui/toasts.tsx';
import type { ListRow } from './list-rows.ts';

/** The entries of an export menu: these rows as CSV or JSON, in their order. */
export function useExportItems(
  rows: readonly ListRow[],
  { lastUse, complete }: { lastUse: LastUse | undefined; complete: boolean },
): MenuItem[] {
  const toast = useToast();
  const save = (format: 'csv' | 'json') => () =>
    void import('./save-inventory.ts').then(
      ({ saveInventory }) => saveInventory(rows, format, lastUse),
      () => toast({ tone: 'error', text: 'The export couldn’t be loaded. Reload the page and try again.' }),
    );
  const disabledReason = complete ? undefined : 'The list is still loading.';
  return [
    { label: 'Export as CSV', icon: 'download', onSelect: save('csv'), disabledReason },
    { label: 'Export as JSON', icon: 'download', onSelect: save('json'), disabledReason },
  ];
}

/** What is shown, as a file. */
export function ListExport(props: { rows: readonly ListRow[]; lastUse: LastUse | undefined; complete: boolean }) {
  const items = useExportItems(props.rows, props);
  return (
    <MenuButton
      icon="download"
      size="icon"
      variant="quiet"
      aria-label="Export this list"
      menuLabel="Export this list"
      tooltip="Export this list"
      items={items}
    />
  );
}
