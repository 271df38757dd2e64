import type { Certificate } from '../../api/types.ts';
import { clearanceLabels } from '../../domain/clearance.ts';
import { accessLabels, permissionChanges } from '../../domain/database-access.ts';
import { permissionsOf } from '../../domain/rights.ts';
import type { UploadForm } from './upload-form.ts';

export interface OverwriteChange {
  readonly what: string;
  readonly from: string;
  readonly to: string;
}

/** What uploading over a registered entry would change, line by line; nothing when the settings are the same. */
export function overwriteChanges(entry: Certificate, form: UploadForm): OverwriteChange[] {
  const changes: OverwriteChange[] = [];
  const add = (what: string, from: string, to: string) => {
    if (from !== to) changes.push({ what, from, to });
  };
  add('Name', entry.name, form.name.trim());
  add('Clearance', clearanceLabels[entry.clearance], clearanceLabels[form.clearance]);
  for (const { database, from, to } of permissionChanges(entry.permissions, permissionsOf(form)))
    add(database, from === null ? 'no access' : accessLabels[from], to === null ? 'no access' : accessLabels[to]);
  if (entry.hasTwoFactor === true)
    add('Second factor', 'its present key', form.twoFactor ? 'the new key' : 'none: it is removed');
  else if (form.twoFactor) add('Second factor', 'none', 'asked');
  if (entry.disabled) add('State', 'disabled', 'enabled');
  return changes;
}
