import type { CertificateSettings } from '../../api/certificates.ts';
import { safeFileName } from '../../api/safe-file-name.ts';
import { day } from '../../domain/certificate-state.ts';
import { startOfDay } from '../../domain/time-text.ts';
import type { ClientIdentityTask } from '../../pki/client-identity-task.ts';
import type { GenerateForm } from './generate-form.ts';
import { type GenerateSecrets, generateRequest } from './generate-request.ts';

/** What is made here, and what the server is told of it beside the certificate. */
export interface HereOrder {
  readonly task: Omit<ClientIdentityTask, 'made'>;
  readonly settings: CertificateSettings;
  readonly zipName: string;
}

/**
 * The order that a valid form gives. The certificate begins a week ago, as those of RavenDB do (contract §7.2): clocks differ.
 * @param now milliseconds UTC
 * @throws RangeError for a form that `validateGenerate` refuses
 */
export function hereOrder(form: GenerateForm, secrets: GenerateSecrets, now: number): HereOrder {
  const { passphrase, notAfter = now, ...settings } = generateRequest(form, secrets, now);
  const baseName = safeFileName(settings.name);
  return {
    task: {
      request: { name: settings.name, algorithm: form.keyAlgorithm, notBefore: startOfDay(now) - 7 * day, notAfter },
      baseName,
      passphrase: passphrase ?? '',
      encryption: form.pfxEncryption,
    },
    settings,
    zipName: `${baseName}.zip`,
  };
}
