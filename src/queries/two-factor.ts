import { mutationOptions, queryOptions } from '@tanstack/react-query';
import type { RavenApi } from '../api/client.ts';
import { RavenError } from '../api/errors.ts';
import { getBuildVersion } from '../api/server.ts';
import {
  endTwoFactorSession,
  getTwoFactorConfiguration,
  openTwoFactorSession,
  type TwoFactorSession,
} from '../api/two-factor.ts';
import { certificatesKey, serverKey } from './certificates.ts';

export const twoFactorConfigurationQuery = (api: RavenApi) =>
  queryOptions({
    queryKey: [...serverKey, 'two-factor-configuration', api.baseUrl],
    queryFn: ({ signal }) => getTwoFactorConfiguration(api, signal),
    staleTime: Infinity,
  });

export const openTwoFactorSessionMutation = (api: RavenApi) =>
  mutationOptions({
    mutationKey: [...certificatesKey, 'two-factor-session', 'open'],
    mutationFn: (session: TwoFactorSession) => openTwoFactorSession(api, session),
    gcTime: 0,
  });

export const endTwoFactorSessionMutation = (api: RavenApi) =>
  mutationOptions({
    mutationKey: [...certificatesKey, 'two-factor-session', 'end'],
    mutationFn: () => endTwoFactorSession(api),
  });

/** Whether the server lets this connection in only after the second factor. Asked each time: what it says now is all that counts. */
export const secondFactorOwedQuery = (api: RavenApi) =>
  queryOptions({
    queryKey: [...serverKey, 'second-factor-owed', api.baseUrl],
    queryFn: async ({ signal }) => {
      try {
        await getBuildVersion(api, signal);
        return false;
      } catch (error) {
        if (error instanceof RavenError && error.status === 428) return true;
        throw error;
      }
    },
    staleTime: 0,
    gcTime: 0,
  });
