import { useQuery } from '@tanstack/react-query';
import type { Capabilities } from '../domain/capabilities.ts';
import { useApi } from './api-context.ts';
import { capabilitiesQuery } from './server.ts';

/** What this server can do; undefined until it has said it. */
export const useCapabilities = (): Capabilities | undefined => useQuery(capabilitiesQuery(useApi())).data;
