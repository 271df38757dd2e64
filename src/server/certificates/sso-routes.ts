import type { Exchange } from '../http/exchange.ts';
import type { Reply } from '../http/reply.ts';
import { json } from '../http/reply.ts';
export function putSsoUser({ node }: Exchange): Reply {
  node.licence.requireSso();
  return json({});
}
export function fetchSsoServer({ node }: Exchange): Reply {
  node.licence.requireSso();
  return json({});
}
