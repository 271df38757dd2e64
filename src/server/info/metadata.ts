import { zonedDate } from '../certificates/definition.ts';
import type { ServerNode } from '../server-node.ts';

/** The object that comes first in some answers: when, which node, where. */
export function metadata({ cluster, publicUrl }: ServerNode) {
  return { '@metadata': { DateTime: zonedDate(Date.now()), WebUrl: publicUrl, NodeTag: cluster.nodeTag } };
}
