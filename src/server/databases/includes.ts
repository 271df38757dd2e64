import type { Query } from '../http/query.ts';
import { notSupportedError } from '../http/raven-exception.ts';
import { isDocumentId, type Document } from './documents.ts';

/** What a request for documents may have come with them, other than documents: nothing that is kept here. */
const others = ['counter', 'timeseries', 'timeseriestime', 'revisions', 'revisionsBefore', 'cmpxchg'] as const;

/** @throws RavenDB's exception for what can't be included, since a client takes what is missing for not there */
export function requireKnownIncludes(query: Query): void {
  const other = others.find((name) => query.all(name).length > 0);
  if (other !== undefined)
    throw notSupportedError(
      `This server includes documents only, no '${other}': load them without it, or use RavenDB.`,
    );
  const path = query.all('include').find((text) => text.split('.').some((name) => !/^[^()[\],]*(?:\[\])?$/.test(name)));
  if (path !== undefined)
    throw notSupportedError(
      `This server includes by plain paths such as 'Customer' or 'Lines[].Product', not by '${path}'.`,
    );
}

/** The strings at the end of a path; every array on it is walked through. */
function* idsAt(value: unknown, names: readonly string[]): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* idsAt(item, names);
  else if (names.length === 0) {
    if (typeof value === 'string') yield value;
  } else if (typeof value === 'object' && value !== null) {
    const [name = '', ...rest] = names;
    if (Object.hasOwn(value, name)) yield* idsAt((value as Record<string, unknown>)[name], rest);
  }
}

/** The documents that others name at these paths, such as `Lines[].Product`, each once and none that is among the others. */
export function includedBy(
  documents: readonly (Document | undefined)[],
  paths: readonly string[],
  read: (id: string) => Document | undefined,
): Document[] {
  const known = new Set(documents.map((document) => document?.id.toLowerCase()));
  const included: Document[] = [];
  for (const document of documents) {
    if (document === undefined || paths.length === 0) continue;
    const fields: unknown = JSON.parse(document.fields);
    for (const path of paths)
      for (const id of idsAt(fields, path.replaceAll('[]', '').split('.'))) {
        // A path may lead to any text.
        if (known.has(id.toLowerCase()) || !isDocumentId(id)) continue;
        known.add(id.toLowerCase());
        const found = read(id);
        if (found !== undefined) included.push(found);
      }
  }
  return included;
}
