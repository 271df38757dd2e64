import { mutationOptions, queryOptions } from '@tanstack/react-query';
import type { RavenApi } from '../api/client.ts';
import {
  endTwoFactorSession,
  getTwoFactorConfiguration,
  openTwoFactorSession,
  type TwoFactorSession,
} from '../api/two-factor.ts';
import { certificatesKey } from './certificates.ts';

export const twoFactorConfigurationQuery = (api: RavenApi) =>
  queryOptions({
    queryKey: ['server', 'two-factor-configuration', api.baseUrl],
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
