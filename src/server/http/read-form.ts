/**
 * The fields of a form post, urlencoded or multipart, as bytes; undefined when the content type names no form. A form without the wanted
 * field gives an empty one to whoever asks, as RavenDB reads it.
 */
export function readForm(contentType: string | undefined, body: Buffer): { get: (name: string) => Buffer } | undefined {
  const type = contentType?.toLowerCase() ?? '';
  const none = Buffer.alloc(0);
  if (type.startsWith('application/x-www-form-urlencoded')) {
    const fields = new URLSearchParams(body.toString('utf8'));
    return { get: (name) => Buffer.from(fields.get(name) ?? '') };
  }
  if (!type.startsWith('multipart/form-data')) return undefined;
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType ?? '');
  const fields = readParts(body, boundary?.[1] ?? boundary?.[2] ?? '');
  return { get: (name) => fields.get(name) ?? none };
}

/** The parts of a multipart body (RFC 7578) by the name in their disposition. */
function readParts(body: Buffer, boundary: string): Map<string, Buffer> {
  const fields = new Map<string, Buffer>();
  if (boundary === '') return fields;
  const mark = Buffer.from(`--${boundary}`);
  for (let at = body.indexOf(mark); at >= 0; ) {
    const next = body.indexOf(mark, at + mark.length);
    if (next < 0) break;
    const part = body.subarray(at + mark.length + 2, next - 2);
    const split = part.indexOf('\r\n\r\n');
    const name = /name="([^"]*)"/i.exec(part.subarray(0, Math.max(split, 0)).toString('utf8'))?.[1];
    if (split >= 0 && name !== undefined && !fields.has(name)) fields.set(name, part.subarray(split + 4));
    at = next;
  }
  return fields;
}
