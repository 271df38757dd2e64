import { type RavenApi, requestJson } from './client.ts';
import { object, string } from './json.ts';

export interface GatewayInfo {
  /** The RavenDB server's own address, for snippets and to show where one is. */
  readonly serverUrl: string;
}

/**
 * `GET /gateway/info`, beside RavenDB's own routes. Where the page is served by the node itself there is no gateway; then the page's
 * origin is the server.
 */
export const getGatewayInfo = (api: RavenApi, signal?: AbortSignal): Promise<GatewayInfo> =>
  requestJson({ ...api, baseUrl: api.baseUrl.replace(/\/raven$/, '') }, { path: '/gateway/info', signal }, (body) => ({
    serverUrl: string(object(body).serverUrl),
  }));
