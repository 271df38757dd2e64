import { hash } from 'node:crypto';
import { route, type Exchange, type Route } from '../http/exchange.ts';
import { stringsOf } from '../http/json-values.ts';
import { empty, json, jsonPieces, notFound, type Reply } from '../http/reply.ts';
import { metadata } from '../info/metadata.ts';
import { bulkDocuments } from './batch.ts';
import { counterRoutes } from './counter-routes.ts';
import { databaseOf, inDatabase } from './in-database.ts';
import { changeVector, type Document } from './documents.ts';
import { includedBy, requireKnownIncludes } from './includes.ts';
import { fitsPattern } from './wildcard.ts';

const unquoted = (text: string | undefined): string | undefined => text?.trim().replace(/^"([^]*)"$/, '$1');

/** JSON with what it depends on; nothing to a client that has it already. */
function tagged(etag: string, known: string | undefined, pieces: () => Iterable<string>): Reply {
  if (unquoted(known) === etag) return empty(304, { typed: true });
  const reply = jsonPieces(pieces());
  return { ...reply, headers: { ...reply.headers, etag: `"${etag}"` }, bulky: true };
}

/** The pieces between a beginning and an end, with commas. Each is made when it is asked for. */
function* list<T>(begin: string, items: Iterable<T>, piece: (item: T) => string, end: string): Generator<string> {
  yield begin;
  let separator = '';
  for (const item of items) {
    yield separator + piece(item);
    separator = ',';
  }
  yield end;
}

/** `GET docs`: by one or several ids, those whose ids begin so, or all. */
function getDocuments(exchange: Exchange): Reply | Promise<Reply> {
  const { query, header } = exchange;
  requireKnownIncludes(query);
  const ids = query.all('id');
  const metadataOnly = query.boolean('metadataOnly') ?? false;
  if (ids.length === 0) return page(exchange, metadataOnly);
  if (ids.length > 1 || query.string('include') !== undefined) return several(exchange, ids, metadataOnly);
  const found = read(exchange, ids[0] ?? '');
  if (found === undefined) return notFound();
  return tagged(found.changeVector, header('if-none-match'), () =>
    list('{"Results":[', [found], (document) => document.render(metadataOnly), '],"Includes":{}}'),
  );
}

const read = (exchange: Exchange, id: string): Document | undefined =>
  exchange.node.documents.read(databaseOf(exchange), id);

/** How long reading goes on while others wait, in ms. */
const readingMs = 10;

/** Many documents, one after the other: the same one once, and with others' turns in between. */
async function readAll(exchange: Exchange, ids: readonly string[]): Promise<(Document | undefined)[]> {
  const known = new Map<string, Document | undefined>();
  let began = performance.now();
  for (const id of ids) {
    if (known.has(id)) continue;
    known.set(id, read(exchange, id));
    if (performance.now() - began < readingMs) continue;
    await new Promise((resolve) => setImmediate(resolve));
    began = performance.now();
  }
  return ids.map((id) => known.get(id));
}

async function several(exchange: Exchange, ids: readonly string[], metadataOnly: boolean): Promise<Reply> {
  const found = await readAll(exchange, ids);
  if (ids.length === 1 && found[0] === undefined) return notFound();
  const paths = exchange.query.all('include');
  const included = includedBy(found, paths, (id) => read(exchange, id));
  const vectors = [...found, ...included].map((document) => document?.changeVector ?? '');
  return tagged(`Hash-${hash('sha256', vectors.join(), 'base64')}`, exchange.header('if-none-match'), function* () {
    yield* list('{"Results":[', found, (document) => document?.render(metadataOnly) ?? 'null', '],');
    yield* list('"Includes":{', included, (each) => `${JSON.stringify(each.id)}:${each.render()}`, '}}');
  });
}

/** Ids that begin with `startsWith`, in their order; without it all, the last changed first. */
function page(exchange: Exchange, metadataOnly: boolean): Reply {
  const { node, query, header } = exchange;
  const database = databaseOf(exchange);
  const start = Math.max(query.integer('start') ?? 0, 0);
  const size = Math.max(query.integer('pageSize') ?? 2147483647, 0);
  const prefixes = query.all('startsWith');
  const etag = node.documents.lastEtag(database);
  return tagged(etag === 0 ? '' : changeVector(database, etag), header('if-none-match'), () => {
    const all = prefixes.length === 0 ? node.documents.latest(database) : withPrefix(exchange, prefixes[0] ?? '');
    const chosen: Document[] = [];
    let at = 0;
    for (const document of size === 0 ? [] : all) {
      if (at++ < start) continue;
      chosen.push(document);
      if (chosen.length === size) break;
    }
    return list('{"Results":[', chosen, (document) => document.render(metadataOnly), ']}');
  });
}

function* withPrefix(exchange: Exchange, prefix: string): Generator<Document> {
  const { node, query } = exchange;
  const matches = query.string('matches');
  const exclude = query.string('exclude');
  for (const document of node.documents.startingWith(databaseOf(exchange), prefix, query.string('startAfter'))) {
    const rest = document.id.slice(prefix.length);
    if (matches !== undefined && !fitsPattern(rest, matches)) continue;
    if (exclude !== undefined && fitsPattern(rest, exclude)) continue;
    yield document;
  }
}

/** `HEAD docs`: whether a document is there, and which. */
function headDocument(exchange: Exchange): Reply {
  const found = read(exchange, exchange.query.mandatory('id'));
  return found === undefined ? notFound() : tagged(found.changeVector, exchange.header('if-none-match'), () => []);
}

/** `POST docs`: many ids, in the body. */
async function postDocuments(exchange: Exchange): Promise<Reply> {
  requireKnownIncludes(exchange.query);
  const ids = stringsOf(await exchange.json(), 'Ids') ?? [];
  return several(exchange, ids, exchange.query.boolean('metadataOnly') ?? false);
}

/** The change vector that the document must have; empty when there must be none; undefined when anything goes. */
function expectedVector({ header }: Exchange): string | undefined {
  const value = header('if-match');
  return value === undefined || value.trim() === '' ? undefined : unquoted(value);
}

async function putDocument(exchange: Exchange): Promise<Reply> {
  const { node, query } = exchange;
  const id = query.mandatory('id');
  const document = await exchange.json();
  const result = await inDatabase(exchange, (transaction, database) =>
    node.documents.put(transaction, database, id, document, expectedVector(exchange)),
  );
  return json({ Id: result.id, ChangeVector: result.changeVector }, 201);
}

async function deleteDocument(exchange: Exchange): Promise<Reply> {
  const id = exchange.query.mandatory('id');
  await inDatabase(exchange, (transaction, database) =>
    exchange.node.documents.remove(transaction, database, id, expectedVector(exchange)),
  );
  return empty(204);
}

function statistics(exchange: Exchange): Reply {
  const { node } = exchange;
  const database = databaseOf(exchange);
  const etag = node.documents.lastEtag(database);
  const none = { HumaneSize: '0 Bytes', SizeInBytes: 0 };
  return json({
    ...metadata(node),
    CountOfIndexes: 0,
    CountOfDocuments: node.documents.count(database),
    CountOfRevisionDocuments: 0,
    CountOfTombstones: 0,
    CountOfDocumentsConflicts: 0,
    CountOfConflicts: 0,
    CountOfAttachments: 0,
    CountOfCounterEntries: 0,
    CountOfTimeSeriesSegments: 0,
    Indexes: [],
    CountOfUniqueAttachments: 0,
    DatabaseChangeVector: etag === 0 ? '' : changeVector(database, etag),
    DatabaseId: database.transactionId,
    Is64Bit: true,
    LastDocEtag: etag,
    LastDatabaseEtag: etag,
    LastIndexingTime: null,
    SizeOnDisk: none,
    TempBuffersSizeOnDisk: none,
  });
}

/** A route that asks for a database's admin: what holds deleted documents back. Nothing does here. */
function tombstones({ node }: Exchange): Reply {
  return json({
    ...metadata(node),
    MinAllDocsEtag: Number.MAX_SAFE_INTEGER,
    MinAllTimeSeriesEtag: Number.MAX_SAFE_INTEGER,
    MinAllCountersEtag: Number.MAX_SAFE_INTEGER,
    Results: [],
    PerSubscriptionInfo: [],
    PerSubscriptionInfoExtended: [],
  });
}

/** Below `/databases/<name>`. */
export const documentRoutes: readonly Route[] = [
  route('GET', '/docs', 'DatabaseRead', getDocuments),
  route('HEAD', '/docs', 'DatabaseRead', headDocument),
  route('POST', '/docs', 'DatabaseRead', postDocuments),
  route('PUT', '/docs', 'DatabaseWrite', putDocument),
  route('DELETE', '/docs', 'DatabaseWrite', deleteDocument),
  route('POST', '/bulk_docs', 'DatabaseWrite', bulkDocuments),
  ...counterRoutes,
  route('GET', '/stats', 'DatabaseRead', statistics),
  route('GET', '/configuration/client', 'DatabaseRead', () => json({ Etag: -2, Configuration: null })),
  route('GET', '/admin/tombstones/state', 'DatabaseAdmin', tombstones),
];
