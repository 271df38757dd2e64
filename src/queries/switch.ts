import { mutationOptions } from '@tanstack/react-query';
import { RavenError } from '../api/errors.ts';
import type { RavenApi } from '../api/client.ts';
import { draftOf } from '../domain/certificate-settings.ts';
import { certificatesKey } from './certificates.ts';
import { readEditable } from './editable.ts';
import { writeEdit } from './save-edit.ts';

/**
 * Disables or enables a certificate, its whole collection with it. An edit replaces all settings, so they are read just before: what
 * somebody else changed since the list was loaded stays.
 * @throws RavenError, 404 when it isn't registered any more, or what kept the rest of a collection from being changed
 */
async function switchCertificate(
  api: RavenApi,
  { thumbprint, disabled }: { thumbprint: string; disabled: boolean },
): Promise<void> {
  const current = await readEditable(api, thumbprint);
  const gone = () =>
    new RavenError({ status: 404, type: 'NotRegistered', message: 'The certificate was deleted meanwhile.', path: '' });
  if (current === null) throw gone();
  const outcome = await writeEdit(api, current, {
    draft: { ...draftOf(current.entry), disabled },
    authenticationKey: null,
  });
  if (outcome.kind === 'deleted') throw gone();
  if (outcome.kind === 'unfinished') throw outcome.error;
}

export const switchMutation = (api: RavenApi) =>
  mutationOptions({
    mutationKey: [...certificatesKey, 'switch'],
    mutationFn: (change: { thumbprint: string; disabled: boolean }) => switchCertificate(api, change),
  });
