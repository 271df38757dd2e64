interface Snapshot {
  readonly snapshot: { readonly meta: { readonly node_fields: readonly string[] } };
  /** One row of `node_fields` after the other. */
  readonly nodes: readonly number[];
  readonly strings: readonly string[];
}

/**
 * The sizes in bytes of all array buffers in a heap snapshot, whoever holds them. Snapshots have no content of them, and Chromium hands out
 * no typed array by its id: a secret in one is known by its length.
 */
export function bufferSizes(heap: string): number[] {
  const { snapshot, nodes, strings } = JSON.parse(heap) as Snapshot;
  const fields = snapshot.meta.node_fields;
  const [name, size] = [fields.indexOf('name'), fields.indexOf('self_size')];
  const sizes: number[] = [];
  for (let row = 0; row < nodes.length; row += fields.length)
    if (strings[nodes[row + name] ?? 0] === 'system / JSArrayBufferData') sizes.push(nodes[row + size] ?? 0);
  return sizes;
}
