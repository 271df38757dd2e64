import { type RavenApi, requestJson } from './client.ts';
import { array, object, string } from './json.ts';

export interface GatewayInfo {
  /** The RavenDB server's own address, for snippets and to show where one is: of several nodes the one that is asked. */
  readonly serverUrl: string;
  /** Addresses of nodes that didn't answer the gateway when it asked them last. */
  readonly awayUrls: readonly string[];
}

/** Whether our own gateway stands before RavenDB: what RavenDB does on one node alone, it does on all. */
export const hasGateway = ({ baseUrl }: RavenApi): boolean => baseUrl.endsWith('/raven');

/**
 * `GET /gateway/info`, beside RavenDB's own routes. Where the page is served by the node itself there is no gateway; then the page's
 * origin is the server.
 */
export const getGatewayInfo = (api: RavenApi, signal?: AbortSignal): Promise<GatewayInfo> =>
  requestJson({ ...api, baseUrl: api.baseUrl.replace(/\/raven$/, '') }, { path: '/gateway/info', signal }, (body) => {
    const { serverUrl, nodes } = object(body);
    return {
      serverUrl: string(serverUrl),
      awayUrls: array(nodes)
        .map(object)
        .filter(({ away }) => away === true)
        .map(({ url }) => string(url)),
    };
  });
