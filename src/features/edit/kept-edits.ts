import type { RavenApi } from '../../api/client.ts';
import type { EditState } from './edit-state.ts';

const byApi = new WeakMap<RavenApi, Map<string, EditState>>();

/**
 * Edits that were interrupted and not given up: a two-factor session ran out, the server went away for a while. In memory only, by
 * console and thumbprint. There is no secret in them: a new authentication key goes with the form that showed it.
 */
export const keptEdits = {
  get: (api: RavenApi, thumbprint: string): EditState | undefined => byApi.get(api)?.get(thumbprint),
  /** @param state null forgets it */
  set: (api: RavenApi, thumbprint: string, state: EditState | null): void => {
    const kept = byApi.get(api) ?? new Map<string, EditState>();
    byApi.set(api, kept);
    if (state === null) kept.delete(thumbprint);
    else kept.set(thumbprint, state);
  },
};
