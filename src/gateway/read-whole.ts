/** The longest of the few answers that the gateway reads itself instead of passing them on, in bytes. */
const maxAnswer = 1024 * 1024;

/**
 * Reads an answer of RavenDB's whole; one that doesn't end would fill the memory.
 * @param most bytes
 * @throws Error beyond that; the rest is left unread and its connection is closed
 */
export async function readWhole(body: AsyncIterable<Uint8Array>, most = maxAnswer): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > most) throw new Error('its answer is longer than any that belongs here');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
