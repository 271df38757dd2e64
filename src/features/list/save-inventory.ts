import { inventory, inventoryCsv, inventoryJson } from '../../domain/inventory.ts';
import type { LastUse } from '../../domain/last-used.ts';
import { isoDate } from '../../domain/time-text.ts';
import { saveFile } from '../../ui/save-file.ts';
import type { ListRow } from './list-rows.ts';
import { expiringDays } from './list-views.ts';

/** Until the nodes have answered, nothing is known of any use. */
const unknownUse: LastUse = { byThumbprint: new Map(), silentNodes: ['?'], unrecordedNodes: [] };

/** Saves rows as an inventory for other people's eyes: nothing of it is a secret. */
export function saveInventory(rows: readonly ListRow[], format: 'csv' | 'json', lastUse: LastUse | undefined): void {
  const now = Date.now();
  const items = inventory(
    rows.map(({ entry }) => entry),
    { now, threshold: expiringDays, lastUse: lastUse ?? unknownUse },
  );
  const csv = format === 'csv';
  saveFile({
    fileName: `certificates-${isoDate(now)}.${format}`,
    content: new Blob([csv ? inventoryCsv(items) : inventoryJson(items)], {
      type: csv ? 'text/csv' : 'application/json',
    }),
  });
}
