import { createContext, use } from 'react';
import type { RavenApi } from '../api/client.ts';

export const ApiContext = createContext<RavenApi | null>(null);

/** The API of the console this component stands in. Two consoles on one page have two. */
export function useApi(): RavenApi {
  const api = use(ApiContext);
  if (api === null) throw new Error('useApi needs an ApiContext around it.');
  return api;
}
