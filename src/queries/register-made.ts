import { mutationOptions } from '@tanstack/react-query';
import { type UploadCertificate, uploadCertificate } from '../api/certificates.ts';
import type { RavenApi } from '../api/client.ts';
import { assertSecondFactor } from '../api/two-factor.ts';
import { certificatesKey } from './certificates.ts';

export interface RegisterRun {
  /** Makes the certificate: its public part and its settings are all that is sent. */
  readonly prepare: () => Promise<UploadCertificate>;
  /** Called once it is registered. @returns its thumbprint */
  readonly registered: () => string;
  readonly signal: AbortSignal;
}

/** Registers a certificate whose key was made here. Nothing secret passes through the mutation cache, and nothing stays in it. */
export const registerMadeMutation = (api: RavenApi) =>
  mutationOptions({
    mutationKey: [...certificatesKey, 'generate'],
    mutationFn: async ({ prepare, registered, signal }: RegisterRun) => {
      const made = await prepare();
      await uploadCertificate(api, made, signal);
      const thumbprint = registered();
      if (made.authenticationKey !== undefined) await assertSecondFactor(api, { name: made.name, thumbprint }, signal);
      return thumbprint;
    },
    gcTime: 0,
  });
