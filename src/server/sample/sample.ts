import type { ServerNode } from '../server-node.ts';
export async function addSample(_node: ServerNode, _count: number): Promise<void> {
  await Promise.resolve();
}
