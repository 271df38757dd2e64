import type { Query } from '../http/query.ts';
import { notSupportedError } from '../http/raven-exception.ts';
import type { Document } from './documents.ts';

/** What a request for documents may have come with them, other than documents: nothing that is kept here. */
const others = ['counter', 'timeseries', 'timeseriestime', 'revisions', 'revisionsBefore', 'cmpxchg'] as const;

/** @throws RavenDB's exception for what can't be included, since a client takes what is missing for not there */
export function requireKnownIncludes(query: Query): void {
  const other = others.find((name) => query.all(name).length > 0);
  if (other !== undefined)
    throw notSupportedError(
      `This server includes documents only, no '${other}': load them without it, or use RavenDB.`,
    );
  const path = query.all('include').find((text) => !/^[^()[\],]*(\[\])?(\.[^()[\],]+(\[\])?)*$/.test(text));
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

/** The ids that a document names at these paths, such as `Lines[].Product`. */
export function* idsIn(document: Document, paths: readonly string[]): Generator<string> {
  if (paths.length === 0) return;
  const fields: unknown = JSON.parse(document.fields);
  for (const path of paths) yield* idsAt(fields, path.replaceAll('[]', '').split('.'));
}
